package dev.tidings.sim.step;

import java.lang.reflect.Constructor;
import java.util.concurrent.Executor;

/// Makes virtual threads that a scheduler of our own runs. The JDK has no public way yet; a program that does this
/// is started with `--add-opens java.base/java.lang=ALL-UNNAMED`.
final class StepThreads {
    private static final Constructor<?> CONSTRUCTOR = constructor();

    private StepThreads() {}

    /// @param scheduler runs the thread's pieces, each to the end, one at a time
    static Thread unstarted(Executor scheduler, String name, Runnable what) {
        try {
            return (Thread) CONSTRUCTOR.newInstance(scheduler, name, 0, what);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JDK makes virtual threads in another way", e);
        }
    }

    private static Constructor<?> constructor() {
        try {
            Constructor<?> constructor = Class.forName("java.lang.VirtualThread")
                    .getDeclaredConstructor(Executor.class, String.class, int.class, Runnable.class);
            constructor.setAccessible(true);
            return constructor;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JDK makes virtual threads in another way", e);
        }
    }
}
