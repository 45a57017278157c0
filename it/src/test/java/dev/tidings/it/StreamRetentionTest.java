package dev.tidings.it;

import static dev.tidings.it.Statement.STREAM_GONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.client.BrokerBus;
import dev.tidings.client.Credentials;
import dev.tidings.client.Tidings;
import dev.tidings.client.streams.PositionGoneException;
import dev.tidings.client.streams.Reading;
import dev.tidings.engine.segmented.SegmentedConfig;
import dev.tidings.model.DataSize;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A stream of which retention removes what is old.
class StreamRetentionTest {
    private static final String EVENTS = "/ce/streams/Shop.Web/events";

    @RegisterExtension
    final RunningBroker broker = RunningBroker.with(CatalogText.EMPTY
                    .type(Shop.PLACED, "{ retention: { count: 1 } }")
                    .client("shop", "produces: { sources: [" + Shop.SOURCE + "], types: [" + Shop.PLACED + "] }")
                    .client("desk", "consumes: { types: [" + Shop.PLACED + "] }"))
            .and(config -> config.withStore(restless(config.store())));

    @Test
    @Proves(STREAM_GONE)
    void refusesAPositionThatItHasPassedAndTellsTheEarliest() {
        produce(0);
        String first = page("?from=earliest").path("earliest").asString();
        produce(1);
        int produced = 2;
        Reply reply = desk().get(EVENTS + "?after=" + first);
        while (reply.status() == 200) {
            produce(produced++);
            reply = desk().get(EVENTS + "?max=1&after=" + first);
        }

        Problem gone = reply.refused(410, "position-gone");
        String earliest = gone.json().path("earliest").asString();

        gone.saying(earliest);
        assertThat(earliest).isGreaterThan(first);
        desk().send(Call.get(EVENTS).header("Accept", Following.MESSAGES).header("Last-Event-ID", first))
                .refused(410, "position-gone");
        try (BrokerBus bus = Tidings.connect(URI.create(desk().base()))
                .credentials(Credentials.apiKey("desk"))
                .open()) {
            assertThatThrownBy(() -> bus.streams()
                            .read(Reading.of("Shop.Web").after(first))
                            .join())
                    .cause()
                    .isInstanceOfSatisfying(
                            PositionGoneException.class,
                            refused -> assertThat(refused.earliest()).isGreaterThanOrEqualTo(earliest));
        }
        JsonNode there = page("?max=1&from=earliest");
        assertThat(there.path("events").size()).isEqualTo(1);
        assertThat(there.path("earliest").asString()).isGreaterThanOrEqualTo(earliest);
    }

    private JsonNode page(String query) {
        return desk().get(EVENTS + query).expect(200).json();
    }

    private Client desk() {
        return broker.client("desk");
    }

    private void produce(int number) {
        ObjectNode event = Shop.order("e" + number);
        event.putObject("data").put("filling", "x".repeat(30_000));
        broker.client("shop").produce(event).accepted(1, 0);
    }

    /// Goes over to segments, and looks after retention, at every opportunity.
    private static SegmentedConfig restless(SegmentedConfig usual) {
        return new SegmentedConfig(
                usual.ring(),
                usual.commit(),
                new SegmentedConfig.Stage(
                        DataSize.ofKibibytes(64),
                        DataSize.ofKibibytes(64),
                        usual.stage().segmentAge(),
                        DataSize.ofKibibytes(0)),
                usual.space(),
                Duration.ofMillis(20),
                usual.rememberedEvents(),
                usual.readThreads());
    }
}
