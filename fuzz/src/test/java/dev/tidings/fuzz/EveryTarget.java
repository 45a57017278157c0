package dev.tidings.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// All targets in one, so that a few seconds are not spent on starting dozens of processes: the first byte of an input
/// says which one gets the rest.
class EveryTarget {
    static final Path CLASSES = Path.of("target/test-classes").toAbsolutePath();
    static final List<Target> TARGETS = targets();

    private static final List<Fed> FED = TARGETS.stream().map(EveryTarget::fed).toList();

    private record Fed(Object test, Method method) {}

    @FuzzTest
    void holds(byte[] input) throws Throwable {
        if (input.length > 0) {
            Fed fed = FED.get(index(input));
            try {
                fed.method.invoke(fed.test, (Object) rest(input));
            } catch (InvocationTargetException broken) {
                throw broken.getCause();
            }
        }
    }

    static Target of(byte[] input) {
        return TARGETS.get(index(input));
    }

    static byte[] rest(byte[] input) {
        return Arrays.copyOfRange(input, 1, input.length);
    }

    private static int index(byte[] input) {
        return (input[0] & 0xff) % TARGETS.size();
    }

    private static List<Target> targets() {
        try {
            return Target.in(CLASSES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Fed fed(Target target) {
        try {
            Class<?> type = Class.forName(target.className());
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            Method method = type.getDeclaredMethod(target.method(), byte[].class);
            method.setAccessible(true);
            return new Fed(constructor.newInstance(), method);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(target + " takes no bytes", e);
        }
    }
}
