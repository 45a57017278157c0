package dev.tidings.cli;

/// Why a command cannot go on, in one line for a person: what was expected, what was found, what to do.
public final class Complaint extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int exitCode;

    public Complaint(int exitCode, String line) {
        super(line);
        this.exitCode = exitCode;
    }

    /// About an option, a file, a configuration or a catalog.
    public static Complaint wrongInput(String line) {
        return new Complaint(ExitCode.WRONG_INPUT, line);
    }

    public int exitCode() {
        return exitCode;
    }

    public String line() {
        return String.valueOf(getMessage());
    }
}
