package dev.tidings.it;

import static dev.tidings.it.Statement.STREAM_ENDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.streams.StreamsConfig;
import dev.tidings.model.DataSize;
import dev.tidings.server.streams.StreamingConfig;
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

    private static long heartbeats(List<String> lines) {
        return lines.stream().filter(HEARTBEAT::equals).count();
    }

    private static StreamingConfig lively() {
        StreamingConfig usual = StreamingConfig.DEFAULT;
        return new StreamingConfig(
                usual.batch(),
                usual.largest(),
                usual.batchBytes(),
                usual.longest(),
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
