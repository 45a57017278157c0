package dev.tidings.broker.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.groups.QueueProgress;
import dev.tidings.broker.lanes.LaneStreams;
import dev.tidings.engine.Batch;
import dev.tidings.engine.Partition;
import dev.tidings.engine.testkit.HandClock;
import dev.tidings.engine.testkit.MemoryEngine;
import dev.tidings.model.Bytes;
import dev.tidings.model.ClientName;
import dev.tidings.model.Event;
import dev.tidings.model.EventType;
import dev.tidings.model.StreamName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CatalogRetentionTest {
    private static final EventType PLACED = new EventType("Shop.Web.Order.Placed");
    private static final EventType MOVED = new EventType("Shop.Stock.Item.Moved");
    private static final ClientName SHOP = new ClientName("shop");

    private final HandClock clock = new HandClock();
    private final MemoryEngine engine = new MemoryEngine(clock);
    private final CatalogStore store =
            new CatalogStore(engine, CatalogConfig.DEFAULT, _ -> Optional.empty(), Runnable::run);

    @BeforeEach
    void follow() {
        new CatalogRetention(engine.log(), Duration.ofHours(3), Duration.ofDays(60), new QueueProgress(engine, store))
                .follow(store);
    }

    @Test
    void keepsEventsForAsLongAsTheirTypesSay() {
        apply("types: { Shop.Web.Order.Placed: { retention: { age: 1h } }, Shop.Stock.Item.Moved: {} }");
        append(PLACED.stream(), PLACED);
        append(MOVED.stream(), MOVED);

        pass(Duration.ofDays(4));
        assertThat(kept(PLACED.stream())).isZero();
        assertThat(kept(MOVED.stream())).isOne();
    }

    @Test
    void keepsWhatLanesHoldForAsLongAsTheyOfferIt() {
        apply("clients: { shop: {} }");
        append(LaneStreams.test(SHOP), PLACED);
        append(LaneStreams.dead(SHOP), PLACED);

        pass(Duration.ofHours(2));
        assertThat(kept(LaneStreams.test(SHOP))).isOne();
        pass(Duration.ofHours(2));
        assertThat(kept(LaneStreams.test(SHOP))).isZero();
        pass(Duration.ofDays(58));
        assertThat(kept(LaneStreams.dead(SHOP))).isOne();
        pass(Duration.ofDays(2));
        assertThat(kept(LaneStreams.dead(SHOP))).isZero();
    }

    @Test
    void keepsTheDeadEventsOfAClientThatIsGone() {
        apply("clients: { shop: {} }");
        append(LaneStreams.dead(SHOP), PLACED);
        apply("clients: {}");

        pass(Duration.ofDays(50));

        assertThat(kept(LaneStreams.dead(SHOP))).isOne();
    }

    private void pass(Duration time) {
        clock.advance(time);
        engine.log().sweep();
    }

    private long kept(StreamName stream) {
        var extent = engine.log().extent(Partition.only(stream));
        return extent.next() - extent.first();
    }

    private void append(StreamName stream, EventType type) {
        Event event = new Event("1", "/shop", type, null, null, new Event.Data.None(), Bytes.utf8("{}"));
        engine.log()
                .append(Batch.ofEntries(List.of(new Batch.Entry(stream, event, Duration.ZERO))))
                .toCompletableFuture()
                .join();
    }

    private void apply(String text) {
        assertThat(store.apply(Proposal.of(text, "admin")).toCompletableFuture().join())
                .isInstanceOf(Applied.Changed.class);
    }
}
