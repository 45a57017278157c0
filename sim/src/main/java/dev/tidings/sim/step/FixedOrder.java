package dev.tidings.sim.step;

import java.lang.reflect.Field;
import java.lang.reflect.Method;

/// The JDK walks through unmodifiable sets and maps in an order that differs from process to process, so that nobody
/// relies on it. A seed must give the same world in every process: here the order is always the same.
///
/// A program that does this is started with `--sun-misc-unsafe-memory-access=allow`, and leaves alone what walks
/// through them when it compiles: the order as it was may be a part of that before the first line of the program
/// runs.
final class FixedOrder {
    private FixedOrder() {}

    /// To be called early, before the order is compiled into anything.
    static void set() {
        try {
            Class<?> collections = Class.forName("java.util.ImmutableCollections");
            Class<?> unsafe = Class.forName("sun.misc.Unsafe");
            Field instance = unsafe.getDeclaredField("theUnsafe");
            instance.setAccessible(true);
            Object memory = instance.get(null);
            Method base = unsafe.getMethod("staticFieldBase", Field.class);
            Method offset = unsafe.getMethod("staticFieldOffset", Field.class);
            Field salt = collections.getDeclaredField("SALT32L");
            Field reverse = collections.getDeclaredField("REVERSE");
            unsafe.getMethod("putLong", Object.class, long.class, long.class)
                    .invoke(memory, base.invoke(memory, salt), offset.invoke(memory, salt), 0L);
            unsafe.getMethod("putBoolean", Object.class, long.class, boolean.class)
                    .invoke(memory, base.invoke(memory, reverse), offset.invoke(memory, reverse), false);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JDK orders unmodifiable sets in another way", e);
        }
    }
}
