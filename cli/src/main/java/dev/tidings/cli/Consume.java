package dev.tidings.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `tidings consume`: prints events as they come.
@Command(
        name = "consume",
        description = {
            "Takes events from a broker over WebSocket and prints each as one line of JSON.",
            "",
            "What was printed is confirmed, so the group goes on behind it next time. Instances of the same group share"
                    + " its events; every group sees each event. Ends with Ctrl-C, and reconnects when the broker goes"
                    + " away for a while.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  tidings consume --group reports",
            "  tidings consume --group peek --no-confirm --max 10",
            "  tidings consume --group new --from latest --types Shop.Web.Order.Placed",
            "  tidings consume --dead --no-events            the client's own dead events",
            "",
            "Exit codes: 0 done; 1 refused by the broker; 2 wrong option; 69 no broker answered."
        })
public final class Consume implements Callable<Integer> {
    private final Terminal terminal;
    private final Pause pause;
    private final RandomGenerator random;

    @Mixin
    private BrokerOptions broker = new BrokerOptions();

    @Option(names = "--group", paramLabel = "NAME", description = "The group. Default: ~default.")
    private @Nullable String group;

    @Option(
            names = "--from",
            paramLabel = "WHERE",
            description = "Where a new group starts: earliest, latest, or an RFC 3339 time. Default: earliest. A group"
                    + " that exists goes on where it was.")
    private @Nullable String from;

    @Option(
            names = "--types",
            split = ",",
            paramLabel = "TYPE",
            description = "Only these types, of a new group. Default: all that the client may consume.")
    private List<String> types = List.of();

    @Option(names = "--dead", description = "The client's own dead events, too.")
    private boolean dead;

    @Option(names = "--test", description = "The client's own test events, too.")
    private boolean test;

    @Option(names = "--no-events", description = "No standard events: only dead or test ones.")
    private boolean noEvents;

    @Option(names = "--no-confirm", description = "Confirm nothing: what is printed goes back to the group in the end.")
    private boolean noConfirm;

    @Option(
            names = "--inflight",
            paramLabel = "N",
            description = "How many unconfirmed events the broker sends at most.")
    private @Nullable Integer inflight;

    @Option(names = "--max", paramLabel = "N", description = "End after so many events. Default: never.")
    private @Nullable Long max;

    @Option(names = "--wait", paramLabel = "SECONDS", description = "End when none came for so long. Default: never.")
    private @Nullable Integer waitSeconds;

    @Option(
            names = "--retry-for",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "How long to try to reach a broker that is away. Default: ${DEFAULT-VALUE}.")
    private int retrySeconds;

    public Consume(Terminal terminal, Pause pause, RandomGenerator random) {
        this.terminal = terminal;
        this.pause = pause;
        this.random = random;
    }

    @Override
    public Integer call() throws InterruptedException {
        checkOptions();
        try (BrokerClient client = broker.connect()) {
            Connector connector = new Connector(client, path(), patience(), terminal);
            Reading reading = new Reading(connector, terminal, limits());
            Thread hook = Thread.ofPlatform().unstarted(reading::stopAndWait);
            Runtime.getRuntime().addShutdownHook(hook);
            try {
                return reading.run();
            } finally {
                forget(hook);
            }
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // the process is ending: the hook has done its work
        }
    }

    private void checkOptions() {
        if (noEvents && !dead && !test) {
            throw Complaint.wrongInput("--no-events leaves nothing to consume; add --dead or --test");
        }
        if (max != null && max < 1) {
            throw Complaint.wrongInput("--max: expected 1 or more, found " + max);
        }
        if (waitSeconds != null && waitSeconds < 0) {
            throw Complaint.wrongInput("--wait: expected 0 or more, found " + waitSeconds);
        }
    }

    private Retries.Patience patience() {
        return new Retries.Patience(BackOff.standard(random), pause, Duration.ofSeconds(retrySeconds));
    }

    private Reading.Limits limits() {
        return new Reading.Limits(
                max == null ? Long.MAX_VALUE : max,
                waitSeconds == null ? null : Duration.ofSeconds(waitSeconds),
                !noConfirm);
    }

    private String path() {
        StringBuilder path = new StringBuilder("/ce/consume/ws?events=" + !noEvents);
        add(path, "test", test ? "true" : null);
        add(path, "dead", dead ? "true" : null);
        add(path, "group", group);
        add(path, "from", from);
        add(path, "types", types.isEmpty() ? null : String.join(",", types));
        add(path, "inflight", inflight == null ? null : inflight.toString());
        return path.toString();
    }

    private static void add(StringBuilder path, String name, @Nullable String value) {
        if (value != null) {
            path.append('&').append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }
}
