package dev.tidings.sim;

import static org.assertj.core.api.Assertions.fail;

import dev.tidings.engine.Appended;
import dev.tidings.engine.Batch;
import dev.tidings.engine.Engine;
import dev.tidings.engine.EventLog;
import dev.tidings.engine.Slice;
import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.disk.Disk;
import dev.tidings.sim.actors.Broken;
import dev.tidings.sim.actors.World;
import dev.tidings.sim.node.Mischief;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Whether a world notices, sooner or later: each test breaks one promise on purpose.
class MischiefTest {
    private static final int WORLDS = 2_000;

    @Test
    void noticesADiskThatLiesAboutSyncs() {
        noticed("what crashed can start again", new Mischief() {
            @Override
            public Disk of(Disk disk) {
                return new ForgetfulDisk(disk);
            }

            @Override
            public Engine of(Engine engine) {
                return engine;
            }
        });
    }

    @Test
    void noticesABatchThatIsStoredInParts() {
        noticed(
                "a batch is stored whole or not at all",
                appending((log, batch) ->
                        batch.entries().size() < 2 || !isPlain(batch) ? log.append(batch) : inParts(log, batch)));
    }

    @Test
    void noticesARetryThatIsStoredTwice() {
        noticed(
                "a receipt tells duplicates",
                appending((log, batch) -> log.append(new Batch(
                        batch.entries().stream()
                                .map(entry -> new Batch.Entry(entry.stream(), entry.event(), Duration.ZERO))
                                .toList(),
                        batch.cursors(),
                        batch.states()))));
    }

    @Test
    void noticesAConfirmationThatIsNotStored() {
        noticed(
                "what was confirmed stays so",
                appending((log, batch) -> log.append(
                        batch.entries().isEmpty() && batch.states().isEmpty() ? Batch.ofCursors(List.of()) : batch)));
    }

    @Test
    void noticesEventsThatAreReadInAnotherOrder() {
        noticed("the events of a key come in order", reading(slice -> {
            List<StoredEvent> events = new ArrayList<>(slice.events());
            Collections.reverse(events);
            return new Slice(events, slice.next(), slice.end());
        }));
    }

    @Test
    void noticesAnEventThatIsPassedOver() {
        noticed(
                "what is for a group comes to it",
                reading(slice -> slice.events().size() < 3
                        ? slice
                        : new Slice(slice.events().subList(1, slice.events().size()), slice.next(), slice.end())));
    }

    private static boolean isPlain(Batch batch) {
        return batch.cursors().isEmpty() && batch.states().isEmpty();
    }

    private static CompletionStage<Appended> inParts(EventLog log, Batch batch) {
        Batch first = Batch.ofEntries(batch.entries().subList(0, 1));
        Batch rest = Batch.ofEntries(batch.entries().subList(1, batch.entries().size()));
        return log.append(first).thenCombine(log.append(rest), (one, other) -> {
            List<Appended.Place> places = new ArrayList<>(one.places());
            places.addAll(other.places());
            return new Appended(other.at(), places);
        });
    }

    private static Mischief appending(BiFunction<EventLog, Batch, CompletionStage<Appended>> appending) {
        return bent(appending, UnaryOperator.identity());
    }

    private static Mischief reading(UnaryOperator<Slice> reading) {
        return bent(EventLog::append, reading);
    }

    private static Mischief bent(
            BiFunction<EventLog, Batch, CompletionStage<Appended>> appending, UnaryOperator<Slice> reading) {
        return new Mischief() {
            @Override
            public Disk of(Disk disk) {
                return disk;
            }

            @Override
            public Engine of(Engine engine) {
                return new BentEngine(engine, appending, reading);
            }
        };
    }

    /// Demands that some world complains of this.
    private static void noticed(String statement, Mischief mischief) {
        Set<String> others = new TreeSet<>();
        for (long seed = 1; seed <= WORLDS; seed++) {
            try {
                new World(seed, mischief, null).live();
            } catch (Broken broken) {
                String complaint = broken.getCause().getMessage().split(":", 2)[0];
                if (complaint.equals(statement)) {
                    return;
                }
                others.add(complaint);
            }
        }
        fail("no world complains that %s is broken, only of %s", statement, others);
    }
}
