package dev.tidings.cli;

/// What a command's exit code says.
public final class ExitCode {
    public static final int OK = 0;

    /// The broker answered, and refused some of it or all.
    public static final int REFUSED = 1;

    /// A wrong option, file, configuration or catalog, or a port in use: nothing was begun.
    public static final int WRONG_INPUT = 2;

    /// A store or a backup is not as it was written.
    public static final int DAMAGED = 65;

    /// The broker could not be reached, or could not do it, for as long as was waited.
    public static final int UNAVAILABLE = 69;

    /// A bug of ours.
    public static final int BUG = 70;

    /// The server's store failed: what was acknowledged is safe, but nothing more can be.
    public static final int STORE_FAILED = 74;

    /// Ended by Ctrl-C.
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
