package dev.tidings.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// A method that is fed with bytes.
///
/// @param className the class that has it
/// @param method    its name
public record Target(String className, String method) {
    private static final String ENDING = "FuzzTest.class";

    /// All targets below a directory of classes, which are on the class path too, in order.
    public static List<Target> in(Path classes) throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            return files.filter(file -> file.toString().endsWith(ENDING))
                    .map(file -> classes.relativize(file).toString())
                    .map(path ->
                            path.substring(0, path.length() - ".class".length()).replace('/', '.'))
                    .sorted()
                    .flatMap(Target::of)
                    .toList();
        }
    }

    private static Stream<Target> of(String className) {
        try {
            Class<?> type = Class.forName(className, false, Target.class.getClassLoader());
            return Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(FuzzTest.class))
                    .map(Method::getName)
                    .sorted()
                    .map(method -> new Target(className, method));
        } catch (ClassNotFoundException e) {
            throw new UncheckedIOException(new IOException(className + " is not on the class path", e));
        }
    }

    /// `JsonFuzzTest.readsWhatJacksonReads`.
    public String name() {
        return simpleName() + "." + method;
    }

    /// Where its seeds lie among the resources.
    public Path seeds() {
        return Path.of(className.replace('.', '/') + "Inputs", method);
    }

    private String simpleName() {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    @Override
    public String toString() {
        return name();
    }
}
