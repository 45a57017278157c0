package dev.tidings.broker.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.catalog.Catalog;
import dev.tidings.broker.catalog.DeliveryLimits;
import dev.tidings.broker.catalog.TypeEntry;
import dev.tidings.engine.RetentionRules;
import dev.tidings.engine.testkit.HandClock;
import dev.tidings.model.EventType;
import java.time.Duration;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ThrottlesTest {
    private static final EventType TYPE = new EventType("Org.Sys.Thing.Done");

    private final HandClock clock = new HandClock();
    private final Throttles throttles = new Throttles(clock, Throttling.nanos(clock));

    @Test
    void goByTheLatestCatalogInWhateverOrderTheyHearOfThem() {
        throttles.adopt(catalog(2, new DeliveryLimits(20, null)));
        throttles.adopt(catalog(1, new DeliveryLimits(10, null)));

        assertThat(throttles.loads()).extracting(TypeLoad::limits).containsExactly(new DeliveryLimits(20, null));
    }

    @Test
    void stayTheSameWhereLimitsChange() {
        throttles.adopt(catalog(1, new DeliveryLimits(10, null)));
        TypeThrottle before = throttles.of(TYPE);

        throttles.adopt(catalog(2, new DeliveryLimits(20, 3)));

        assertThat(throttles.of(TYPE)).isSameAs(before);
        throttles.adopt(catalog(3, DeliveryLimits.NONE));
        assertThat(throttles.isEmpty()).isTrue();
    }

    private static Catalog catalog(long version, DeliveryLimits limits) {
        TreeMap<EventType, TypeEntry> types = new TreeMap<>();
        types.put(TYPE, new TypeEntry(TYPE, "", null, RetentionRules.FIVE_DAYS, null, Duration.ofDays(1), limits));
        return new Catalog(version, types, new TreeMap<>());
    }
}
