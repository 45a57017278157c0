package dev.tidings.cli;

import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `tidings produce`: sends lines of JSON as events.
@Command(
        name = "produce",
        description = {
            "Sends events to a broker: one JSON text on each line, from a file or standard input.",
            "",
            "A line is a whole CloudEvent (it has 'specversion'), or, with --type and --source, the data of one; its"
                    + " id is then made up. Empty lines and lines that begin with '#' are skipped.",
            "",
            "Events are sent in batches, in order. A batch is stored whole or not at all. Where the broker is busy or"
                    + " away, the same batch is sent again with the same ids, so nothing is stored twice.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  tidings produce events.ndjson",
            "  echo '{\"order\":17}' | tidings produce --type Shop.Web.Order.Placed --source /shop/web",
            "  tail -f orders.ndjson | tidings produce --type Shop.Web.Order.Placed --source /shop/web \\",
            "      --partition-key-at /customer --url https://broker.example.org --key-file key.txt",
            "",
            "Exit codes: 0 all were accepted; 1 some were refused; 2 wrong option or input; 69 no broker answered."
        })
public final class Produce implements Callable<Integer> {
    private final Terminal terminal;
    private final Pause pause;
    private final RandomGenerator random;

    @Mixin
    private BrokerOptions broker = new BrokerOptions();

    @ArgGroup(exclusive = false, heading = "For lines that hold only the data of an event:%n")
    private DataOptions data = new DataOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "What to send. Default, and with '-': standard input.")
    private @Nullable Path file;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "100",
            description = "Most events in a request. Default: ${DEFAULT-VALUE}.")
    private int batch;

    @Option(
            names = "--keep-going",
            description = "Leave refused events out and go on, instead of stopping at the first.")
    private boolean keepGoing;

    @Option(
            names = "--retry-for",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "How long to try again a request that the broker cannot take now. Default: ${DEFAULT-VALUE}.")
    private int retrySeconds;

    public Produce(Terminal terminal, Pause pause, RandomGenerator random) {
        this.terminal = terminal;
        this.pause = pause;
        this.random = random;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (batch < 1 || batch > 10_000) {
            throw Complaint.wrongInput("--batch: expected 1 to 10000, found " + batch);
        }
        try (BrokerClient client = broker.connect();
                InputStream in = open()) {
            Retries.Patience patience =
                    new Retries.Patience(BackOff.standard(random), pause, Duration.ofSeconds(retrySeconds));
            BatchSender sender = new BatchSender(new Retries(client, patience, terminal), terminal, keepGoing);
            BatchSource source = new BatchSource(in, new EventForm(data.attributes(), random), batch);
            send(source, sender);
            return sender.finish();
        }
    }

    private static void send(BatchSource source, BatchSender sender) throws IOException, InterruptedException {
        boolean goOn = true;
        while (goOn) {
            List<BatchSource.Line> next = source.next();
            goOn = !next.isEmpty() && sender.send(next);
        }
    }

    private InputStream open() {
        if (file == null || file.toString().equals("-")) {
            return new BufferedInputStream(terminal.in());
        }
        try {
            return new BufferedInputStream(new FileInputStream(file.toFile()), 1 << 16);
        } catch (IOException e) {
            throw Complaint.wrongInput("cannot read " + Reasons.of(e));
        }
    }

    /// The attributes of events that are made from their data.
    static final class DataOptions {
        @Option(names = "--type", paramLabel = "TYPE", description = "Their type.")
        private @Nullable String type;

        @Option(names = "--source", paramLabel = "URI", description = "Their source.")
        private @Nullable String source;

        @Option(names = "--subject", paramLabel = "TEXT", description = "Their subject.")
        private @Nullable String subject;

        @Option(
                names = "--partition-key-at",
                paramLabel = "POINTER",
                description = "Where in the data the partition key stands, as a JSON pointer (/customer/id).")
        private @Nullable String partitionKeyAt;

        EventForm.@Nullable Attributes attributes() {
            if (type == null && source == null) {
                return null;
            }
            if (type == null || source == null) {
                throw Complaint.wrongInput(
                        "--type and --source go together; " + (type == null ? "--type" : "--source") + " is missing");
            }
            if (partitionKeyAt != null && !partitionKeyAt.startsWith("/")) {
                throw Complaint.wrongInput("--partition-key-at: expected a JSON pointer such as /customer/id, found '"
                        + partitionKeyAt + "'");
            }
            return new EventForm.Attributes(type, source, subject, partitionKeyAt);
        }
    }
}
