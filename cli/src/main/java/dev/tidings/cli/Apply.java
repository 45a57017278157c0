package dev.tidings.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// `tidings apply`: makes a catalog the one in force.
@Command(
        name = "apply",
        description = {
            "Makes a catalog the one in force on a running broker. Shows what would change, asks, and applies it.",
            "",
            "A type may name the file of its schema (schema-file: order.schema.json, relative to the catalog); the"
                    + " schema is sent in its place. Applying the same catalog again changes nothing.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  tidings apply -f catalog.yaml --dry-run",
            "  tidings apply -f catalog.yaml --yes --url https://broker.example.org --key-file admin.key",
            "",
            "Exit codes: 0 applied, or nothing to change; 1 refused by the broker (also where the catalog was changed since"
                    + " the difference was shown), or answered 'no'; 2 wrong option, invalid catalog, or nobody to ask; 69 no"
                    + " broker answered."
        })
public final class Apply implements Callable<Integer> {
    private static final String PATH = "/admin/catalog";

    private final Terminal terminal;
    private final Function<String, List<String>> check;

    @Mixin
    private BrokerOptions broker = new BrokerOptions();

    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE",
            description = "The catalog.")
    private Path file = Path.of("catalog.yaml");

    @Option(names = "--dry-run", description = "Only show what would change.")
    private boolean dryRun;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask. Required where no person is at the terminal to be asked.")
    private boolean yes;

    /// @param check what is wrong with a catalog's text, for when no broker can tell
    public Apply(Terminal terminal, Function<String, List<String>> check) {
        this.terminal = terminal;
        this.check = check;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        String catalog = CatalogFile.read(file);
        try (BrokerClient client = broker.connect()) {
            JsonNode proposal = put(client, PATH + "?dry-run=true", catalog, Map.of());
            proposal.path("warnings").forEach(warning -> warn(warning.asString()));
            proposal.path("changes").forEach(change -> show(change.asString()));
            if (proposal.path("changes").isEmpty()) {
                terminal.out().println("nothing to change");
                return ExitCode.OK;
            }
            if (dryRun) {
                return ExitCode.OK;
            }
            if (!agreed()) {
                terminal.tell("tidings apply: nothing was changed");
                return ExitCode.REFUSED;
            }
            long shown = proposal.path("version").asLong() - 1;
            JsonNode applied = put(client, PATH, catalog, Map.of("If-Match", "\"" + shown + "\""));
            terminal.out().println("applied: version " + applied.path("version").asString("?"));
            return ExitCode.OK;
        }
    }

    private JsonNode put(BrokerClient client, String path, String catalog, Map<String, String> headers)
            throws InterruptedException {
        Answer answer;
        try {
            var body = new BrokerClient.Body("application/yaml", catalog.getBytes(StandardCharsets.UTF_8));
            answer = client.send("PUT", path, body, headers);
        } catch (IOException e) {
            refuseInvalid(catalog);
            throw new Complaint(ExitCode.UNAVAILABLE, client.base() + ": " + Reasons.of(e));
        }
        if (answer.ok()) {
            return answer.json();
        }
        Problem problem = answer.problem();
        problem.flaws().forEach(flaw -> terminal.tell(file + ": " + flaw.reason()));
        int code = answer.retryable()
                ? ExitCode.UNAVAILABLE
                : answer.status() == 422 ? ExitCode.WRONG_INPUT : ExitCode.REFUSED;
        throw new Complaint(code, problem.line());
    }

    private void refuseInvalid(String catalog) {
        List<String> problems = check.apply(catalog);
        problems.forEach(problem -> terminal.tell(file + ": " + problem));
        if (!problems.isEmpty()) {
            throw Complaint.wrongInput("the catalog is invalid, and no broker answered");
        }
    }

    private void warn(String warning) {
        terminal.tell(terminal.paint(Terminal.Colour.WARN, "warning") + " " + warning);
    }

    private void show(String change) {
        Terminal.Colour colour = change.startsWith("+")
                ? Terminal.Colour.GOOD
                : change.startsWith("-") ? Terminal.Colour.BAD : Terminal.Colour.NOTE;
        terminal.out().println(terminal.paint(colour, change));
    }

    private boolean agreed() throws IOException {
        if (yes) {
            return true;
        }
        if (!terminal.person().types()) {
            throw Complaint.wrongInput("nobody is at the terminal to be asked: pass --yes to apply these changes");
        }
        terminal.out().flush();
        terminal.err().print("Apply these changes? [y/N] ");
        terminal.err().flush();
        String answer = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8)).readLine();
        return answer != null
                && (answer.strip().equalsIgnoreCase("y") || answer.strip().equalsIgnoreCase("yes"));
    }
}
