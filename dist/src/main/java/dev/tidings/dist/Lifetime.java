package dev.tidings.dist;

import dev.tidings.cli.ExitCode;
import java.util.concurrent.CountDownLatch;

/// The life of a process that runs until somebody ends it (Ctrl-C, SIGTERM) or it cannot go on. What is to be done at
/// the end is done once, before the process ends, however it ends.
public final class Lifetime {
    private final Runnable farewell;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile int exitCode = ExitCode.OK;

    private Lifetime(Runnable farewell) {
        this.farewell = farewell;
    }

    /// @param farewell what to do at the end; it must be bounded in time
    public static Lifetime begin(Runnable farewell) {
        Lifetime lifetime = new Lifetime(farewell);
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("farewell").unstarted(lifetime::finish));
        return lifetime;
    }

    /// Ends the waiting: the process is to end with this code.
    public void end(int code) {
        exitCode = code;
        ended.countDown();
    }

    /// Waits for the end; the exit code.
    public int await() throws InterruptedException {
        ended.await();
        return exitCode;
    }

    /// A process that a signal ends would tell of the signal; this one has ended in good order, and says so.
    private void finish() {
        farewell.run();
        Runtime.getRuntime().halt(exitCode);
    }
}
