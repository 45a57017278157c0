package dev.tidings.sim;

import static org.assertj.core.api.Assertions.fail;

import dev.tidings.callback.sink.SinkChannel;
import dev.tidings.engine.Appended;
import dev.tidings.engine.Batch;
import dev.tidings.engine.Batch.StateChange;
import dev.tidings.engine.Cursor;
import dev.tidings.engine.Engine;
import dev.tidings.engine.EngineWithLog;
import dev.tidings.engine.EventLog;
import dev.tidings.engine.RetentionRules;
import dev.tidings.engine.Slice;
import dev.tidings.engine.disk.Disk;
import dev.tidings.model.Bytes;
import dev.tidings.sim.BentLog.Bend;
import dev.tidings.sim.actors.Broken;
import dev.tidings.sim.actors.World;
import dev.tidings.sim.node.Mischief;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
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
        });
    }

    @Test
    void noticesABatchThatIsStoredInParts() {
        noticed("a batch is stored whole or not at all", new Bend() {
            @Override
            public CompletionStage<Appended> append(EventLog log, Batch batch) {
                return batch.entries().size() < 2 || !isPlain(batch) ? log.append(batch) : inParts(log, batch);
            }
        });
    }

    @Test
    void noticesARetryThatIsStoredTwice() {
        noticed("a receipt tells duplicates", new Bend() {
            @Override
            public CompletionStage<Appended> append(EventLog log, Batch batch) {
                List<Batch.Entry> entries = batch.entries().stream()
                        .map(entry -> new Batch.Entry(entry.stream(), entry.event(), Duration.ZERO))
                        .toList();
                return log.append(new Batch(entries, batch.cursors(), batch.states(), batch.forgotten()));
            }
        });
    }

    @Test
    void noticesAConfirmationThatIsNotStored() {
        noticed("what was confirmed stays so", new Bend() {
            @Override
            public CompletionStage<Appended> append(EventLog log, Batch batch) {
                return log.append(
                        batch.entries().isEmpty() && batch.states().isEmpty() ? Batch.ofCursors(List.of()) : batch);
            }
        });
    }

    @Test
    void noticesADelayThatIsForgottenByARestart() {
        noticed(
                "what is released comes when it is due",
                storing("group-coverage", row -> Bytes.utf8(row.toUtf8().replaceAll("(?m)^due .*\n", ""))));
    }

    @Test
    void noticesAnAttemptThatNobodyMade() {
        noticed("an attempt is a delivery", new Bend() {
            @Override
            public CompletionStage<Appended> append(EventLog log, Batch batch) {
                List<Batch.CursorMove> moves = batch.cursors().stream()
                        .map(MischiefTest::attemptedOnceMore)
                        .toList();
                return log.append(new Batch(batch.entries(), moves, batch.states(), batch.forgotten()));
            }
        });
    }

    @Test
    void noticesAQueueWhoseEventsGoUnconsumed() {
        noticed("what is in a queue stays until it is consumed", consumedTo(Long.MAX_VALUE));
    }

    @Test
    void noticesAQueueWhoseEventsNeverGo() {
        noticed("a queue of which everything is consumed takes no space", consumedTo(0));
    }

    @Test
    void noticesAQueueThatASecondGroupReads() {
        noticed(
                "a group gets what its client was granted",
                storing("catalog", row -> isZipped(row) ? zipped(unzipped(row).replaceAll(", queue: \\w+", "")) : row));
    }

    @Test
    void noticesAPauseThatIsForgottenByARestart() {
        noticed(
                "what a subscription was told to be it is",
                storing("subscriptions", row -> Bytes.utf8(row.toUtf8().replace("\"PAUSED\"", "\"ACTIVE\""))));
    }

    @Test
    void noticesAPayloadThatGoesBeforeItsEvents() {
        noticed(
                "a payload is kept as long as its events",
                storing("payloads", row -> Bytes.utf8(row.toUtf8().replaceAll("(?m)^(held.*)=.*$", "$1=0:0"))));
    }

    @Test
    void noticesAnEventThatASinkNeverSaw() {
        noticed("what is for a subscription comes to its sink", new Mischief() {
            @Override
            public SinkChannel of(SinkChannel channel) {
                return new HollowChannel(channel);
            }
        });
    }

    @Test
    void noticesEventsThatAreReadInAnotherOrder() {
        noticed("the events of a key come in order", new Bend() {
            @Override
            public Slice read(Slice slice) {
                return new Slice(slice.events().reversed(), slice.next(), slice.end());
            }
        });
    }

    @Test
    void noticesAnEventThatIsPassedOver() {
        noticed("what is for a group comes to it", new Bend() {
            @Override
            public Slice read(Slice slice) {
                return withoutTheFirst(slice);
            }
        });
    }

    @Test
    void noticesAnEventThatAReaderOfItsStreamMisses() {
        noticed("a reader misses nothing", new Bend() {
            @Override
            public Slice search(Slice slice) {
                return withoutTheFirst(slice);
            }
        });
    }

    private static Slice withoutTheFirst(Slice slice) {
        int size = slice.events().size();
        return size < 3 ? slice : new Slice(slice.events().subList(1, size), slice.next(), slice.end());
    }

    private static Batch.CursorMove attemptedOnceMore(Batch.CursorMove move) {
        Map<Long, Integer> attempts = new HashMap<>(move.cursor().attempts());
        attempts.replaceAll((_, count) -> count + 1);
        Cursor cursor = new Cursor(move.cursor().floor(), move.cursor().settled(), attempts);
        return new Batch.CursorMove(move.group(), move.partition(), cursor);
    }

    private static boolean isPlain(Batch batch) {
        return batch.cursors().isEmpty() && batch.states().isEmpty();
    }

    private static CompletionStage<Appended> inParts(EventLog log, Batch batch) {
        Batch first = Batch.ofEntries(batch.entries().subList(0, 1));
        Batch rest = Batch.ofEntries(batch.entries().subList(1, batch.entries().size()));
        return log.append(first)
                .thenCompose(one -> log.append(rest).thenApply(other -> {
                    List<Appended.Place> places = new ArrayList<>(one.places());
                    places.addAll(other.places());
                    return new Appended(other.at(), places);
                }));
    }

    /// Stores other values in the rows of a table.
    private static Bend storing(String table, UnaryOperator<Bytes> value) {
        return new Bend() {
            @Override
            public CompletionStage<Appended> append(EventLog log, Batch batch) {
                List<StateChange> states = batch.states().stream()
                        .map(change -> change instanceof StateChange.Put(var of, var key, var row) && of.equals(table)
                                ? new StateChange.Put(table, key, value.apply(row))
                                : change)
                        .toList();
                return log.append(new Batch(batch.entries(), batch.cursors(), states, batch.forgotten()));
            }
        };
    }

    private static Bend consumedTo(long position) {
        return new Bend() {
            @Override
            public RetentionRules retain(RetentionRules rules) {
                return new RetentionRules(rules.byDefault(), rules.byType(), rules.byStream(), (_, _) -> position);
            }
        };
    }

    private static boolean isZipped(Bytes row) {
        return row.length() > 2 && row.at(0) == 0x1F;
    }

    private static String unzipped(Bytes row) {
        try (var zipped = new GZIPInputStream(new ByteArrayInputStream(row.toArray()))) {
            return new String(zipped.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Bytes zipped(String text) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Bytes.of(bytes.toByteArray());
    }

    private static void noticed(String statement, Bend bend) {
        noticed(statement, new Mischief() {
            @Override
            public Engine of(Engine engine) {
                return new EngineWithLog(engine, new BentLog(engine.log(), bend));
            }
        });
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
