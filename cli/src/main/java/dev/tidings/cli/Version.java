package dev.tidings.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `tidings version`.
@Command(name = "version", description = "Says which version this is.")
public final class Version implements Callable<Integer> {
    private final Terminal terminal;
    private final String version;

    public Version(Terminal terminal, String version) {
        this.terminal = terminal;
        this.version = version;
    }

    @Override
    public Integer call() {
        terminal.out().println("tidings " + version + " (Java " + Runtime.version() + ")");
        return ExitCode.OK;
    }
}
