package dev.tidings.engine.testkit.exam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.engine.Engine;
import dev.tidings.engine.Partition;
import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.TypeSelection;
import dev.tidings.engine.testkit.HandClock;
import dev.tidings.engine.testkit.MemoryEngine;
import dev.tidings.engine.testkit.disk.Crash;
import dev.tidings.model.EventType;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever is done to an engine, it shows what the in-memory engine shows after the same.
public abstract class OracleContract extends Exam {
    private static final int LENGTH = 120;

    protected OracleContract() {}

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
    void showsWhatTheOracleShowsAcrossReopeningsAndCrashes(long seed) throws IOException {
        History history = History.random(seed, LENGTH);
        List<Observed> right = Player.right(history);
        Random random = new Random(seed);
        HandClock time = new HandClock();
        try (Examinee examinee = examinee(time)) {
            int done = 0;
            while (done < LENGTH) {
                Engine engine = examinee.open();
                History part = new History(history.steps().subList(0, Math.min(LENGTH, done + random.nextInt(40))));
                done = new Player(engine, time).play(part, done).least();
                assertThat(Observed.of(engine).differenceFrom(right.get(done)))
                        .as("after %d steps of history %d", done, seed)
                        .isEmpty();
                end(random, examinee, engine);
            }
            assertThat(Observed.of(examinee.open()).differenceFrom(right.get(LENGTH)))
                    .as("after history %d", seed)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void readsWhatTheOracleReads(long seed) throws IOException {
        History history = History.random(seed, LENGTH);
        HandClock time = new HandClock();
        HandClock oracleTime = new HandClock();
        MemoryEngine oracle = new MemoryEngine(oracleTime);
        new Player(oracle, oracleTime).play(withoutSweeps(history), 0);
        try (Examinee examinee = examinee(time)) {
            new Player(examinee.open(), time).play(withoutSweeps(history), 0);
            examinee.crash(Crash.random(seed));
            Engine engine = examinee.open();
            Random random = new Random(seed);
            for (int i = 0; i < 60; i++) {
                compareOneReading(random, engine, oracle);
            }
        }
    }

    private static void compareOneReading(Random random, Engine engine, Engine oracle) {
        Partition partition = Partition.only(History.STREAMS.get(random.nextInt(History.STREAMS.size())));
        TypeSelection types = types(random);
        long next = oracle.log().extent(partition).next();
        long from = random.nextLong(next + 1);
        int maxBytes = 1 + random.nextInt(1 << 1 + random.nextInt(17));
        Instant time = HandClock.START.plus(Duration.ofMinutes(random.nextInt(3_000)));

        List<StoredEvent> found = new Reading(engine, partition, types).from(from, maxBytes);

        assertThat(found).isEqualTo(new Reading(oracle, partition, types).from(from, maxBytes));
        assertThat(Await.result(engine.log().positionAt(partition, time)))
                .isEqualTo(Await.result(oracle.log().positionAt(partition, time)));
    }

    private static TypeSelection types(Random random) {
        EventType one = History.TYPES.get(random.nextInt(History.TYPES.size()));
        EventType other = History.TYPES.get(random.nextInt(History.TYPES.size()));
        return random.nextInt(3) == 0
                ? TypeSelection.ALL
                : new TypeSelection.Of(one.equals(other) ? Set.of(one) : Set.of(one, other));
    }

    private static History withoutSweeps(History history) {
        return new History(history.steps().stream()
                .filter(step -> !(step instanceof History.Step.Sweep))
                .toList());
    }

    private static void end(Random random, Examinee examinee, Engine engine) {
        if (random.nextBoolean()) {
            engine.close();
        } else {
            examinee.crash(Crash.random(random.nextLong()));
        }
    }
}
