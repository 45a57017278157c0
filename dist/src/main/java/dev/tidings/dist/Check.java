package dev.tidings.dist;

import dev.tidings.broker.catalog.CatalogRead;
import dev.tidings.broker.catalog.CatalogText;
import dev.tidings.broker.catalog.SchemaCheck;
import dev.tidings.cli.CatalogFile;
import dev.tidings.cli.Complaint;
import dev.tidings.cli.ExitCode;
import dev.tidings.cli.Terminal;
import dev.tidings.cli.Terminal.Colour;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `tidings check`: finds what is wrong with files before a server does.
@Command(
        name = "check",
        description = {
            "Checks a catalog and a configuration, without a server. Everything that can be found in one pass is told:"
                    + " what is wrong, and what may not be meant.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  tidings check --catalog catalog.yaml",
            "  tidings check --config tidings.yaml --catalog catalog.yaml --strict",
            "",
            "Exit codes: 0 nothing wrong; 2 something is, or, with --strict, there are warnings."
        })
final class Check implements Callable<Integer> {
    private final Terminal terminal;
    private final Map<String, String> environment;
    private final SchemaCheck schemas;

    @Option(names = "--catalog", paramLabel = "FILE", description = "The catalog.")
    private @Nullable Path catalog;

    @Option(names = "--config", paramLabel = "FILE", description = "The configuration.")
    private @Nullable Path config;

    @Option(names = "--strict", description = "Let warnings count.")
    private boolean strict;

    Check(Terminal terminal, Map<String, String> environment, SchemaCheck schemas) {
        this.terminal = terminal;
        this.environment = environment;
        this.schemas = schemas;
    }

    @Override
    public Integer call() {
        if (catalog == null && config == null) {
            throw Complaint.wrongInput("nothing to check; give --catalog, --config or both");
        }
        boolean good = config == null || goodConfig(config);
        good &= catalog == null || goodCatalog(catalog);
        return good ? ExitCode.OK : ExitCode.WRONG_INPUT;
    }

    private boolean goodConfig(Path file) {
        try {
            ConfigFiles.read(file, environment);
        } catch (Complaint complaint) {
            terminal.tell(terminal.paint(Colour.BAD, "wrong") + " " + complaint.line());
            return false;
        }
        terminal.out().println(file + ": good");
        return true;
    }

    private boolean goodCatalog(Path file) {
        return switch (CatalogText.read(CatalogFile.read(file), schemas)) {
            case CatalogRead.Invalid(var problems) -> {
                problems.forEach(
                        problem -> terminal.tell(terminal.paint(Colour.BAD, "wrong") + " " + file + ", " + problem));
                yield false;
            }
            case CatalogRead.Read(var read, var warnings) -> {
                warnings.forEach(
                        warning -> terminal.tell(terminal.paint(Colour.WARN, "warning") + " " + file + ", " + warning));
                terminal.out()
                        .printf(
                                "%s: good: %d types, %d clients, %d warnings%n",
                                file, read.types().size(), read.clients().size(), warnings.size());
                yield warnings.isEmpty() || !strict;
            }
        };
    }
}
