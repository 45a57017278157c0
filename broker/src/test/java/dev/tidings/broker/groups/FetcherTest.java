package dev.tidings.broker.groups;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.dispatch.Allowance;
import dev.tidings.broker.loop.ManualLoop;
import dev.tidings.broker.pressure.Throttles;
import dev.tidings.engine.Batch;
import dev.tidings.engine.Partition;
import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.testkit.HandClock;
import dev.tidings.engine.testkit.MemoryEngine;
import dev.tidings.model.Bytes;
import dev.tidings.model.Event;
import dev.tidings.model.EventType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FetcherTest {
    private static final EventType DONE = new EventType("Org.Sys.Thing.Done");

    private final HandClock clock = new HandClock();
    private final MemoryEngine engine = new MemoryEngine(clock);
    private final ManualLoop loop = new ManualLoop();
    private final List<String> arrived = new ArrayList<>();
    private Fetcher fetcher;

    @BeforeEach
    void store() {
        for (int i = 0; i < 10; i++) {
            Event event = new Event("e" + i, "/s", DONE, null, null, new Event.Data.None(), Bytes.utf8("{}"));
            engine.log().append(Batch.ofEntries(List.of(new Batch.Entry(DONE.stream(), event, Duration.ZERO))));
        }
        Facilities facilities = new Facilities(
                engine,
                new News(),
                loop,
                new Turn(loop, () -> {}),
                clock,
                new ReadMemory(1_000),
                Allowance.UNLIMITED,
                new Filtering(Runnable::run),
                new Throttles(clock, System::nanoTime),
                new Facilities.Limits(100, 1_000, Duration.ofMillis(1), Duration.ofMillis(1)));
        fetcher = new Fetcher(facilities, Partition.only(DONE.stream()), failure -> arrived.add("failure"));
    }

    @Test
    void bringsWhatIsWantedLowestFirst() {
        fetcher.want(new Want(7));
        fetcher.want(new Want(2));
        fetcher.start();
        loop.run();

        assertThat(arrived).containsExactly("2", "7");
    }

    @Test
    void readsNothingForThoseWhoAreGone() {
        Want gone = new Want(1);
        fetcher.want(gone);
        gone.gone = true;
        engine.reads().shut();
        fetcher.start();

        assertThat(engine.reads().waiting()).isZero();
    }

    @Test
    void bringsTheOthersHoweverManyAreGone() {
        for (int i = 0; i < 5_000; i++) {
            Want gone = new Want(i % 10);
            fetcher.want(gone);
            gone.gone = true;
        }
        fetcher.want(new Want(4));
        fetcher.start();
        loop.run();

        assertThat(arrived).contains("4");
    }

    @Test
    void tellsThoseWhoWaitThatNothingComesOnceItIsClosed() {
        engine.reads().shut();
        fetcher.want(new Want(7));
        fetcher.start();
        fetcher.want(new Want(8));

        fetcher.close();
        loop.run();

        assertThat(arrived).containsExactly("nothing", "nothing");
    }

    private final class Want implements Wanted {
        private final long position;
        private boolean gone;

        Want(long position) {
            this.position = position;
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public boolean isVoid() {
            return gone;
        }

        @Override
        public void arrived(@Nullable StoredEvent event) {
            if (!gone) {
                arrived.add(event == null ? "nothing" : String.valueOf(event.position()));
            }
        }
    }
}
