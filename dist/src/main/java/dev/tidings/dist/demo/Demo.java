package dev.tidings.dist.demo;

import dev.tidings.cli.CatalogFile;
import dev.tidings.cli.Complaint;
import dev.tidings.cli.Reasons;
import dev.tidings.cli.Terminal;
import dev.tidings.dist.Complaints;
import dev.tidings.dist.Lifetime;
import dev.tidings.dist.logging.Logging;
import dev.tidings.node.CannotStart;
import dev.tidings.node.LogConfig;
import dev.tidings.node.Node;
import dev.tidings.node.NodeConfig;
import dev.tidings.node.PortInUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `tidings demo`.
@Command(
        name = "demo",
        description = {
            "Shows a broker at work: starts one with an embedded store on this machine, and sends a week of real"
                    + " earthquakes through it over HTTP. One consumer takes them over WebSocket, another by long"
                    + " polling. Some events are invalid on purpose: see them rejected, and reported dead.",
            "",
            "When the week is over the broker keeps running, for you to try with curl. Ctrl-C ends it.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  tidings demo",
            "  tidings demo --fast",
            "  tidings demo --once --rate 500 --data ./demo-data",
            "",
            "Exit codes: 0 ended; 1 with --once, the sums are wrong; 2 wrong option, or port in use."
        })
public final class Demo implements Callable<Integer> {
    private static final int FIRST_CHOICE = 8080;
    private static final int DEFAULT_RATE = 60;

    private final Terminal terminal;

    @Option(names = "--rate", paramLabel = "N", description = "Events a second. Default: 60.")
    private @Nullable Integer rate;

    @Option(names = "--fast", description = "As fast as it goes.")
    private boolean fast;

    @Option(names = "--once", description = "End when the week is over, with 0 if the sums are right.")
    private boolean once;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "The port. Default: 8080, or a free one if that is taken.")
    private @Nullable Integer port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keep the store in this directory. Default: a temporary one, removed in the end.")
    private @Nullable Path data;

    public Demo(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (rate != null && rate < 1) {
            throw Complaint.wrongInput("--rate: expected 1 or more, found " + rate);
        }
        Logging.start(new LogConfig(LogConfig.Format.TEXT, LogConfig.Level.ERROR), terminal.err());
        Scratch scratch = scratch();
        Node node = start(scratch);
        Show show = new Show(terminal, node.address());
        Lifetime lifetime = Lifetime.begin(() -> {
            show.stop();
            node.close();
            scratch.remove();
        });
        boolean complete = show.play(fast ? 0 : rate == null ? DEFAULT_RATE : rate);
        if (once) {
            lifetime.end(complete ? 0 : 1);
        } else {
            show.sayWhatNext();
        }
        return lifetime.await();
    }

    private Node start(Scratch scratch) {
        String catalog = CatalogFile.inline(DemoData.text("catalog.yaml"), DemoData::text);
        NodeConfig config = NodeConfig.DEFAULT.with(
                new NodeConfig.Overrides(scratch.directory(), null, port == null ? FIRST_CHOICE : port, true));
        try {
            return start(config, catalog);
        } catch (CannotStart wrong) {
            scratch.remove();
            throw Complaints.of(wrong);
        }
    }

    private Node start(NodeConfig config, String catalog) {
        try {
            return Node.start(config, catalog);
        } catch (PortInUse taken) {
            if (port != null) {
                throw taken;
            }
            terminal.out().println("port " + FIRST_CHOICE + " is taken, so the demo uses a free one");
            return Node.start(config.with(new NodeConfig.Overrides(null, null, 0, true)), catalog);
        }
    }

    private Scratch scratch() {
        try {
            return data == null
                    ? new Scratch(Files.createTempDirectory("tidings-demo-"), true)
                    : new Scratch(data, false);
        } catch (IOException e) {
            throw Complaint.wrongInput("no temporary directory: " + Reasons.of(e));
        }
    }
}
