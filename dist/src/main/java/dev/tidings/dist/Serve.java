package dev.tidings.dist;

import dev.tidings.broker.catalog.CatalogRead;
import dev.tidings.broker.catalog.CatalogText;
import dev.tidings.broker.schemas.SchemaLending;
import dev.tidings.broker.schemas.Schemas;
import dev.tidings.cli.CatalogFile;
import dev.tidings.cli.Complaint;
import dev.tidings.cli.ExitCode;
import dev.tidings.cli.Reasons;
import dev.tidings.cli.Terminal;
import dev.tidings.dist.logging.Logging;
import dev.tidings.model.DataSize;
import dev.tidings.node.CannotStart;
import dev.tidings.node.HeapFit;
import dev.tidings.node.Node;
import dev.tidings.node.NodeConfig;
import dev.tidings.node.ProductVersion;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `tidings serve`: the server.
@Command(
        name = "serve",
        description = {
            "Runs a broker until it is ended by Ctrl-C or SIGTERM. Prints one line when it is ready; logs to standard"
                    + " error.",
            "",
            "On SIGTERM it takes no new requests, finishes those in progress, stores pending confirmations and closes"
                    + " its store, in bounded time (drain, 20s by default).",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  tidings serve --insecure --catalog catalog.yaml          to try it out: everybody on this machine may",
            "                                                           do everything",
            "  tidings serve --config tidings.yaml --catalog catalog.yaml --data /var/lib/tidings",
            "",
            "Options go before the environment (TIDINGS_SERVER_HTTP_PORT=8081), that before the configuration file. All"
                    + " keys: docs/guide/configuration.md.",
            "",
            "Exit codes: 0 ended in good order; 2 wrong option, configuration or catalog, directory that cannot be used,"
                    + " or port in use; 74 the store failed (nothing acknowledged is lost: start again)."
        })
final class Serve implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(Serve.class);

    private final Terminal terminal;
    private final Map<String, String> environment;

    @Option(names = "--config", paramLabel = "FILE", description = "The configuration. Default: none, all defaults.")
    private @Nullable Path config;

    @Option(
            names = "--catalog",
            paramLabel = "FILE",
            description = "The catalog to apply at the start. Default: the one in the store stays in force.")
    private @Nullable Path catalog;

    @Option(names = "--data", paramLabel = "DIR", description = "The directory of the store. Default: data.")
    private @Nullable Path data;

    @Option(names = "--port", paramLabel = "N", description = "The port; 0: any free one. Default: 8080.")
    private @Nullable Integer port;

    @Option(
            names = "--insecure",
            description = "Let everybody in without credentials. Only this machine can reach the server then.")
    private boolean insecure;

    Serve(Terminal terminal, Map<String, String> environment) {
        this.terminal = terminal;
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        NodeConfig effective = effective();
        Path file = effective.catalog().file();
        String text = file == null ? null : catalog(file);
        Logging.start(effective.log(), terminal.err());
        Node node = start(effective, text);
        Lifetime lifetime = Lifetime.begin(() -> {
            LOG.info("draining");
            node.close();
            LOG.info("ended");
        });
        node.onFailure(why -> {
            LOG.error("the store failed, nothing more can be acknowledged: {}", why);
            lifetime.end(ExitCode.STORE_FAILED);
        });
        announce(node, effective);
        return lifetime.await();
    }

    /// Checked before anything is opened, so that what is wrong with it is all that is told.
    private static String catalog(Path file) {
        String text = CatalogFile.read(file);
        if (CatalogText.read(text, new SchemaLending(new Schemas(Schemas.Limits.DEFAULT)))
                instanceof CatalogRead.Invalid invalid) {
            int more = invalid.problems().size() - 1;
            throw Complaint.wrongInput(file + ", " + invalid.problems().getFirst()
                    + (more == 0 ? "" : "; and " + more + " more, which 'tidings check --catalog " + file + "' tells"));
        }
        return text;
    }

    private static Node start(NodeConfig effective, @Nullable String catalog) {
        try {
            NodeConfig fitted =
                    HeapFit.of(effective, new DataSize(Runtime.getRuntime().maxMemory()));
            return Node.start(fitted, catalog);
        } catch (CannotStart wrong) {
            throw Complaints.of(wrong);
        }
    }

    private void announce(Node node, NodeConfig effective) {
        terminal.out()
                .println("tidings " + ProductVersion.current() + " ready at " + node.address() + ", data in "
                        + effective.data().toAbsolutePath().normalize()
                        + (effective.insecure() ? ", INSECURE: everybody on this machine may do everything" : ""));
        terminal.out().flush();
    }

    private NodeConfig effective() {
        NodeConfig read = ConfigFiles.read(config, environment);
        try {
            return read.with(new NodeConfig.Overrides(data, catalog, port, insecure));
        } catch (IllegalArgumentException wrong) {
            throw Complaint.wrongInput(Reasons.of(wrong));
        }
    }
}
