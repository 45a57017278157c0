package dev.tidings.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `tidings listen`: a receiver of web hooks, for trying subscriptions.
@Command(
        name = "listen",
        description = {
            "Receives web hooks on this machine, for trying subscriptions: answers the handshake, prints each event as"
                    + " one line of JSON, and can fail as sinks do.",
            "",
            "Told the secret of a subscription, it takes only what was signed with it. Ends with Ctrl-C.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  tidings listen --port 8900",
            "  tidings listen --port 8900 --secret whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "  tidings listen --port 8900 --fail 30           three of ten deliveries get a 503",
            "  tidings listen --port 8900 --status 410        the subscription ends",
            "",
            "Exit codes: 0 done; 2 wrong option, or port in use; 130 interrupted."
        })
public final class Listen implements Callable<Integer> {
    private static final int LARGEST = 16 << 20;
    private static final int FAILURE = 503;

    private final Terminal terminal;
    private final InstantSource clock;
    private final RandomGenerator random;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8900",
            description = "Where to listen; 0: anywhere. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--path",
            paramLabel = "PATH",
            defaultValue = "/",
            description = "Where events are taken. Default: ${DEFAULT-VALUE}.")
    private String path = "/";

    @Option(names = "--secret", paramLabel = "SECRET", description = "What deliveries must be signed with: whsec_…")
    private @Nullable String secret;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "The requests a minute that the handshake allows. Default: *.")
    private @Nullable Integer rate;

    @Option(
            names = "--status",
            paramLabel = "N",
            description = "What deliveries are answered with. Default: 200; 503" + " with --fail.")
    private @Nullable Integer status;

    @Option(
            names = "--fail",
            paramLabel = "PERCENT",
            defaultValue = "0",
            description = "How many of a hundred" + " deliveries fail.")
    private int failing;

    @Option(names = "--max", paramLabel = "N", description = "End after so many events. Default: never.")
    private @Nullable Long max;

    private long left;

    public Listen(Terminal terminal, InstantSource clock, RandomGenerator random) {
        this.terminal = terminal;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Integer call() throws InterruptedException {
        WebhookReceiver receiver = new WebhookReceiver(manner(), random);
        CountDownLatch done = new CountDownLatch(1);
        left = max == null ? Long.MAX_VALUE : max;
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        HttpServer server = open();
        server.createContext("/", exchange -> take(exchange, receiver, done));
        server.setExecutor(threads);
        server.start();
        terminal.tell("listening on http://127.0.0.1:" + server.getAddress().getPort() + path
                + "; a subscription needs that as its sink");
        try {
            done.await();
        } finally {
            server.stop(1);
            threads.shutdown();
        }
        return ExitCode.OK;
    }

    private WebhookReceiver.Manner manner() {
        within("--port", port, 0, 65_535);
        within("--fail", failing, 0, 100);
        if (rate != null) {
            within("--rate", rate, 1, 1_000_000);
        }
        if (status != null) {
            within("--status", status, 200, 599);
        }
        if (max != null && max < 1) {
            throw Complaint.wrongInput("--max: expected 1 or more, found " + max);
        }
        if (!path.startsWith("/")) {
            throw Complaint.wrongInput("--path: expected a path such as /events, found " + path);
        }
        int usual = failing > 0 ? FAILURE : 200;
        return new WebhookReceiver.Manner(
                path,
                secret == null ? null : new WebhookSignature(secret),
                rate,
                status == null ? usual : status,
                failing);
    }

    private static void within(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw Complaint.wrongInput("%s: expected %d to %d, found %d".formatted(option, least, most, value));
        }
    }

    /// On this machine only: what it prints is nobody else's.
    private HttpServer open() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw Complaint.wrongInput("--port: cannot listen on " + port + ": " + e.getMessage());
        }
    }

    private void take(HttpExchange exchange, WebhookReceiver receiver, CountDownLatch done) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(LARGEST);
            WebhookReceiver.Asked asked = new WebhookReceiver.Asked(
                    exchange.getRequestMethod(), exchange.getRequestURI().getPath(), headers(exchange), body);
            WebhookReceiver.Told told = receiver.answer(asked, clock.instant());
            print(told, done);
            told.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(told.status(), -1);
        }
    }

    private synchronized void print(WebhookReceiver.Told told, CountDownLatch done) {
        terminal.tell(told.said());
        told.events().forEach(terminal.out()::println);
        terminal.out().flush();
        left -= told.events().size();
        if (left <= 0) {
            done.countDown();
        }
    }

    private static Map<String, String> headers(HttpExchange exchange) {
        Map<String, String> headers = new HashMap<>();
        for (Map.Entry<String, List<String>> header :
                exchange.getRequestHeaders().entrySet()) {
            headers.put(header.getKey().toLowerCase(Locale.ROOT), String.join(", ", header.getValue()));
        }
        return headers;
    }
}
