package dev.tidings.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command line as a whole: runs one command, and turns what goes wrong into one line and an exit code.
@Command(
        name = "tidings",
        description = "An event broker: producers post CloudEvents over HTTP, consumers take them over WebSocket.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "To see it at work:       tidings demo",
            "To start a broker:       tidings serve --insecure --data ./data --catalog catalog.yaml",
            "To learn of a command:   tidings COMMAND --help",
            "",
            "Exit codes: 0 done; 1 refused by the broker; 2 wrong option, file, configuration or catalog, or port in"
                    + " use; 65 a damaged store or backup; 69 no broker answered; 70 a bug; 74 the store failed; 130 interrupted."
        })
public final class Tidings implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Tidings() {}

    /// Runs what the arguments say with these commands (each annotated as a picocli [Command]), and returns the exit
    /// code. Nothing is thrown: a [Complaint] is told on the terminal, and so is a bug.
    public static int run(Terminal terminal, List<Object> commands, String... arguments) {
        CommandLine line = new CommandLine(new Tidings());
        wanted(commands, arguments).forEach(line::addSubcommand);
        line.getSubcommands().values().forEach(command -> help(command.getCommandSpec()));
        help(line.getCommandSpec());
        line.setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(100)
                .setColorScheme(
                        CommandLine.Help.defaultColorScheme(terminal.person().colour() ? Ansi.ON : Ansi.OFF))
                .setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler((wrong, _) -> complainOfOption(terminal, wrong))
                .setExecutionExceptionHandler((failure, command, _) -> complain(terminal, command, failure));
        return line.execute(arguments);
    }

    /// Learning what options a command has takes longer than many a command: where the first argument names one, the
    /// others are left alone.
    private static List<Object> wanted(List<Object> commands, String... arguments) {
        List<Object> named = commands.stream()
                .filter(command -> arguments.length > 0 && name(command).equals(arguments[0]))
                .toList();
        return named.isEmpty() ? commands : named;
    }

    private static String name(Object command) {
        Command annotation = command.getClass().getAnnotation(Command.class);
        return annotation == null ? "" : annotation.name();
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command");
    }

    private static void help(CommandSpec spec) {
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Say what this is and how to use it.")
                .build());
    }

    private static int complainOfOption(Terminal terminal, ParameterException wrong) {
        String suggestion = "";
        if (wrong instanceof UnmatchedArgumentException unmatched
                && !unmatched.getSuggestions().isEmpty()) {
            suggestion = " Did you mean '" + unmatched.getSuggestions().getFirst() + "'?";
        }
        String name = wrong.getCommandLine().getCommandSpec().qualifiedName();
        terminal.tell(name + ": " + sentence(String.valueOf(wrong.getMessage())) + suggestion + " See '" + name
                + " --help'.");
        return ExitCode.WRONG_INPUT;
    }

    private static int complain(Terminal terminal, CommandLine command, Exception failure) {
        String name = command.getCommandSpec().qualifiedName();
        return switch (failure) {
            case Complaint complaint -> {
                terminal.tell(name + ": " + complaint.line());
                yield complaint.exitCode();
            }
            case InterruptedException _ -> ExitCode.INTERRUPTED;
            case ParameterException wrong -> complainOfOption(terminal, wrong);
            default -> {
                terminal.tell(name + ": this is a bug in Tidings; please report what follows");
                failure.printStackTrace(terminal.err());
                yield ExitCode.BUG;
            }
        };
    }

    private static String sentence(String message) {
        String line = message.replaceAll("\\s*\\R\\s*", " ").strip();
        return line.endsWith(".") || line.endsWith("?") ? line : line + ".";
    }
}
