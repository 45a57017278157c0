package dev.tidings.broker.groups;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.dispatch.Allowance;
import dev.tidings.broker.loop.ManualLoop;
import dev.tidings.broker.pressure.Throttles;
import dev.tidings.engine.Partition;
import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.testkit.HandClock;
import dev.tidings.engine.testkit.MemoryEngine;
import dev.tidings.filter.Compilation;
import dev.tidings.filter.EventFilter;
import dev.tidings.filter.Filters;
import dev.tidings.model.Bytes;
import dev.tidings.model.ClientName;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class SieveTest {
    private static final EventType TYPE = new EventType("Org.Sys.Thing.Done");
    private static final Partition PARTITION = Partition.only(TYPE.stream());
    private static final EventFilter EVEN = filter("{\"suffix\":{\"id\":\"0\"}}");

    private final HandClock hand = new HandClock();
    private final Filtering filtering = new Filtering(Runnable::run);
    private int looks;

    @Test
    void judgesForAShortTimeATurn() {
        Sieve sieve = sieve(() -> Instant.ofEpochMilli(looks += 2));
        sieve.filter(EVEN);
        sieve.begin();

        int judged = 0;
        while (!sieve.isSpent()) {
            sieve.passes(PARTITION, event(judged++));
        }

        assertThat(judged).isEqualTo(16);
        sieve.begin();
        assertThat(sieve.isSpent()).isFalse();
    }

    @Test
    void takesNoTimeWithoutAFilter() {
        Sieve sieve = sieve(hand);
        sieve.begin();

        for (int i = 0; i < 100; i++) {
            assertThat(sieve.passes(PARTITION, event(i))).isTrue();
        }
        hand.advance(Duration.ofSeconds(1));

        assertThat(sieve.isSpent()).isFalse();
        assertThat(sieve.filteredOut()).isZero();
    }

    @Test
    void remembersWhileSeveralGroupsHaveEqualFilters() {
        VerdictMemo memo = filtering.take(EVEN, PARTITION);
        assertThat(memo.remembers()).isFalse();

        assertThat(filtering.take(filter("[{\"suffix\":{\"id\":\"0\"}}]"), PARTITION))
                .isSameAs(memo);
        assertThat(memo.remembers()).isTrue();
        assertThat(filtering.take(EVEN, Partition.only(new EventType("Org.Else.Thing.Done").stream())))
                .isNotSameAs(memo);

        filtering.give(EVEN, PARTITION);
        filtering.give(EVEN, PARTITION);
        assertThat(filtering.take(EVEN, PARTITION)).isNotSameAs(memo);
    }

    @Test
    void remembersRightly() {
        Sieve one = sieve(hand);
        Sieve other = sieve(hand);
        one.filter(filter("{\"cel\":\"int(id) % 3 == 0\"}"));
        other.filter(filter("{\"cel\":\"int(id) % 3 == 0\"}"));

        for (int i = 0; i < 5_000; i++) {
            assertThat(one.passes(PARTITION, event(i))).isEqualTo(i % 3 == 0);
            assertThat(other.passes(PARTITION, event(i))).isEqualTo(i % 3 == 0);
            int past = Math.max(0, i - 1_500);
            assertThat(other.passes(PARTITION, event(past))).isEqualTo(past % 3 == 0);
        }
        StoredEvent failing = new StoredEvent(7_000, 0, TYPE, 0, true, Bytes.utf8("{\"id\":\"x\"}"));
        assertThat(one.passes(PARTITION, failing)).isFalse();
        assertThat(other.passes(PARTITION, failing)).isFalse();
        assertThat(one.failures()).isOne();
        assertThat(other.failures()).isOne();
    }

    private Sieve sieve(InstantSource clock) {
        ManualLoop loop = new ManualLoop(hand);
        return new Sieve(
                new GroupName(new ClientName("reader"), "filtered"),
                new Facilities(
                        new MemoryEngine(hand),
                        new News(),
                        loop,
                        new Turn(loop, () -> {}),
                        clock,
                        new ReadMemory(1_000),
                        Allowance.UNLIMITED,
                        filtering,
                        new Throttles(clock, System::nanoTime),
                        new Facilities.Limits(100, 1_000, Duration.ofMillis(1), Duration.ofMillis(1))),
                null);
    }

    private static StoredEvent event(int number) {
        return new StoredEvent(number, 0, TYPE, 0, true, Bytes.utf8("{\"id\":\"" + number + "\"}"));
    }

    private static EventFilter filter(String json) {
        return ((Compilation.Compiled) Filters.compile(json)).filter();
    }
}
