package dev.tidings.it;

import static dev.tidings.it.Statement.STREAM_ENDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.streams.StreamsConfig;
import dev.tidings.model.DataSize;
import dev.tidings.server.streams.StreamingConfig;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// How long followers wait who said how long: counted in heartbeats, of which a second has ten.
class StreamPatienceTest {
    private static final String EVENTS = "/ce/streams/Shop.Web/events";
    private static final String HEARTBEAT = ": heartbeat";

    @RegisterExtension
    final RunningBroker broker = RunningBroker.with(Shop.CATALOG)
            .and(config -> config.withServer(config.server().withStreams(lively()))
                    .withBroker(config.broker().withStreams(scanningLittle())));

    @Test
    @Proves(STREAM_ENDS)
    void beginsAnewWithEachEvent() {
        try (Following messages = Following.of(broker.client("desk"), EVENTS + "?wait=1", Following.MESSAGES)) {
            for (int i = 0; i < 5; i++) {
                messages.until(HEARTBEAT);
            }
            broker.client("shop").produce(Shop.order("1"));
            messages.until("data: ");

            assertThat(heartbeats(messages.rest())).isEqualTo(9);
        }
    }

    /// What is looked through in vain takes no time that it waits.
    @Test
    @Proves(STREAM_ENDS)
    void beginsWhereEverythingWasLookedThrough() {
        for (int i = 0; i < 60; i++) {
            broker.client("shop").produce(Shop.order(Integer.toString(i)).put("padding", "x".repeat(900)));
        }
        String filter = "?wait=1&filter=%7B%22exact%22%3A%7B%22id%22%3A%22none%22%7D%7D";

        try (Following messages = Following.of(broker.client("desk"), EVENTS + filter, Following.MESSAGES)) {
            List<String> rest = messages.rest();
            int last = rest.lastIndexOf(rest.stream()
                    .filter(line -> line.startsWith("id: "))
                    .reduce((_, later) -> later)
                    .orElseThrow());

            assertThat(heartbeats(rest.subList(0, last))).isGreaterThan(20);
            assertThat(heartbeats(rest.subList(last, rest.size()))).isBetween(8L, 9L);
        }
    }

    @Test
    @Proves(STREAM_ENDS)
    void endsWhereItsClientLeaves() throws IOException {
        URI address = URI.create(broker.address());
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream()
                    .write(("GET " + EVENTS + "?wait=3600 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer desk\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            awaitReaders(1);
        }

        awaitReaders(0);
    }

    private void awaitReaders(int count) {
        long deadline = System.nanoTime() + Deadline.GENEROUS.toNanos();
        String figures = "";
        while (!figures.contains("tidings_stream_readers " + count + ".0\n")) {
            assertThat(System.nanoTime()).as(figures).isLessThan(deadline);
            figures = broker.client("admin").get("/metrics").expect(200).text();
        }
    }

    private static long heartbeats(List<String> lines) {
        return lines.stream().filter(HEARTBEAT::equals).count();
    }

    private static StreamingConfig lively() {
        StreamingConfig usual = StreamingConfig.DEFAULT;
        return new StreamingConfig(
                usual.batch(),
                usual.largest(),
                usual.batchBytes(),
                Duration.ofHours(1),
                usual.piece(),
                Duration.ofMillis(100),
                usual.retry());
    }

    private static StreamsConfig scanningLittle() {
        StreamsConfig usual = StreamsConfig.DEFAULT;
        DataSize little = DataSize.ofKibibytes(1);
        return new StreamsConfig(usual.perClient(), usual.readers(), little, usual.reads(), usual.pace(), little);
    }
}
