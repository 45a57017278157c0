package dev.tidings.sim;

import static org.assertj.core.api.Assertions.assertThat;

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

/// Whether a world notices: each test breaks one promise on purpose.
class MischiefTest {
    private static final int WORLDS = 120;

    @Test
    void noticesADiskThatLiesAboutSyncs() {
        assertThat(complaints(new Mischief() {
                    @Override
                    public Disk of(Disk disk) {
                        return new ForgetfulDisk(disk);
                    }

                    @Override
                    public Engine of(Engine engine) {
                        return engine;
                    }
                }))
                .contains("what crashed can start again");
    }

    @Test
    void noticesABatchThatIsStoredInParts() {
        assertThat(complaints(appending((log, batch) ->
                        batch.entries().size() < 2 || !isPlain(batch) ? log.append(batch) : inParts(log, batch))))
                .contains("a batch is stored whole or not at all");
    }

    @Test
    void noticesARetryThatIsStoredTwice() {
        assertThat(complaints(appending((log, batch) -> log.append(new Batch(
                        batch.entries().stream()
                                .map(entry -> new Batch.Entry(entry.stream(), entry.event(), Duration.ZERO))
                                .toList(),
                        batch.cursors(),
                        batch.states())))))
                .contains("a receipt tells duplicates");
    }

    @Test
    void noticesAConfirmationThatIsNotStored() {
        assertThat(complaints(appending((log, batch) -> log.append(
                        batch.entries().isEmpty() && batch.states().isEmpty() ? Batch.ofCursors(List.of()) : batch))))
                .contains("what was confirmed stays so");
    }

    @Test
    void noticesEventsThatAreReadInAnotherOrder() {
        assertThat(complaints(reading(slice -> {
                    List<StoredEvent> events = new ArrayList<>(slice.events());
                    Collections.reverse(events);
                    return new Slice(events, slice.next(), slice.end());
                })))
                .contains("the events of a key come in order");
    }

    @Test
    void noticesAnEventThatIsPassedOver() {
        assertThat(complaints(reading(slice -> slice.events().size() < 3
                        ? slice
                        : new Slice(slice.events().subList(1, slice.events().size()), slice.next(), slice.end()))))
                .contains("what is for a group comes to it");
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

    /// What worlds complain of, without the particulars.
    private static Set<String> complaints(Mischief mischief) {
        Set<String> statements = new TreeSet<>();
        for (long seed = 1; seed <= WORLDS; seed++) {
            try {
                new World(seed, mischief, null).live();
            } catch (Broken broken) {
                statements.add(broken.getCause().getMessage().split(":", 2)[0]);
            }
        }
        return statements;
    }
}
