package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.engine.segmented.SegmentedConfig;
import dev.tidings.model.DataSize;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// A type whose events go to one consumer each, and are gone then.
class QueueTest {
    @RegisterExtension
    final RunningBroker broker = RunningBroker.with(CatalogText.EMPTY
                    .type(Shop.PLACED, "{ queue: packers, retention: { age: 1s } }")
                    .type(Shop.PAID)
                    .client("shop", "produces: { sources: [" + Shop.SOURCE + "], types: [" + Shop.PLACED + "] }")
                    .client("desk", "consumes: { types: [" + Shop.PLACED + ", " + Shop.PAID + "] }"))
            .and(config -> config.withStore(restless(config.store())));

    @ParameterizedTest
    @EnumSource
    @Proves({Statement.QUEUE_REMOVED, Statement.QUEUE_COMPETING})
    void isEmptyOnceEverythingIsConfirmed(Way way) {
        produce("a", "b", "c");
        try (Consumer packer = way.open(desk(), "group=packers")) {
            assertThat(Json.ids(packer.events(3))).containsExactly("a", "b", "c");
            assertThat(kept()).isEqualTo(3);
            packer.confirm(3);
        }

        awaitNothingKept();
    }

    @Test
    @Proves(Statement.QUEUE_REMOVED)
    void keepsWhatIsNotConfirmedAcrossARestart() {
        produce("a", "b", "c");
        PolledInstance packer = desk().poll("group=packers");
        packer.events(3);
        packer.release(3, "1ms").expect(204);
        packer.confirm(2);

        broker.restart();

        assertThat(Json.ids(desk().poll("group=packers").events(1))).containsExactly("c");
    }

    @Test
    @Proves(Statement.QUEUE_COMPETING)
    void givesEachEventToOneOfThoseThatCompete() {
        Subscription one = desk().subscribe("group=packers&inflight=2");
        Subscription two = desk().subscribe("group=packers&inflight=2");
        produce("a", "b", "c", "d");

        Set<String> got = new HashSet<>(Json.ids(one.events(2)));
        got.addAll(Json.ids(two.events(2)));

        assertThat(got).containsExactlyInAnyOrder("a", "b", "c", "d");
    }

    @Test
    @Proves(Statement.QUEUE_ONE_GROUP)
    void isForNoOtherGroup() {
        produce("a");

        desk().poll("").hasNothing();

        desk().post("/ce/consumers?types=" + Shop.PLACED).refused(409, "group-conflict");
        desk().post("/ce/consumers?group=packers&types=" + Shop.PAID).refused(409, "group-conflict");
        desk().send(Call.post("/ce/subscriptions")
                        .type("application/json")
                        .body("{\"sink\": \"https://hooks.example.org/desk\", \"protocol\": \"HTTP\", \"types\": [\""
                                + Shop.PLACED + "\"]}"))
                .refused(409, "group-conflict");
    }

    @Test
    @Proves(Statement.QUEUE_SHOWN)
    void isShownInTheSettingsOfItsConsumer() {
        JsonNode types = desk().get("/ce/tools/my-settings")
                .expect(200)
                .json()
                .path("consumes")
                .path("types");

        assertThat(types.valueStream().map(type -> type.path("queue").asString("none")))
                .containsExactlyInAnyOrder("packers", "none");
    }

    private Client desk() {
        return broker.client("desk");
    }

    private void produce(String... ids) {
        for (String id : ids) {
            broker.client("shop").produce(Shop.order(id)).accepted(1, 0);
        }
    }

    /// How many events of the queue are there: its stream can be read as any other.
    private int kept() {
        return desk().get("/ce/streams/Shop.Web/events?max=1000&types=" + Shop.PLACED)
                .expect(200)
                .json()
                .path("events")
                .size();
    }

    private void awaitNothingKept() {
        int left = kept();
        while (left > 0) {
            left = kept();
        }
    }

    /// Looks after retention at every opportunity.
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
