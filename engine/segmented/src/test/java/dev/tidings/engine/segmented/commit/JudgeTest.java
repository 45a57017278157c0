package dev.tidings.engine.segmented.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.engine.Batch.CursorMove;
import dev.tidings.engine.Cursor;
import dev.tidings.engine.segmented.dedup.DedupFiles;
import dev.tidings.engine.segmented.dedup.Seen;
import dev.tidings.engine.segmented.reading.SegmentLookup;
import dev.tidings.engine.segmented.segments.OpenFiles;
import dev.tidings.engine.segmented.state.Cursors;
import dev.tidings.engine.segmented.state.Memory;
import dev.tidings.engine.segmented.state.StreamLog;
import dev.tidings.engine.segmented.state.Streams;
import dev.tidings.engine.segmented.state.Tables;
import dev.tidings.engine.segmented.state.TailMemory;
import dev.tidings.engine.testkit.disk.FaultyDisk;
import dev.tidings.model.ClientName;
import dev.tidings.model.GroupName;
import dev.tidings.model.StreamName;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private static final GroupName LATECOMER = new GroupName(new ClientName("acme"), "latecomer");

    private final FaultyDisk disk = new FaultyDisk(1);
    private final Memory memory = new Memory(
            new Streams(), new Cursors(), new Tables(), new TailMemory(1000), new Seen(1000, new DedupFiles(disk)));
    private final StreamLog stream = memory.streams().add(0, new StreamName("Acme.Shop"));
    private final Judge judge =
            new Judge(memory, new Duplicates(memory, new SegmentLookup(new OpenFiles(disk, 1)), null));
    private final Group group = new Group(1, 0, 2, 10_000);

    /// A sweep looked before there was the group, and would have removed what it has not consumed.
    @Test
    void keepsForAGroupThatCameMeanwhileWhatIsKeptUntilConsumed() {
        memory.cursors().set(LATECOMER, stream.partition(), Cursor.at(3));

        judge.admit(Request.ofFirsts(Map.of(0, new First(5, true))), group);

        assertThat(group.firsts).isEmpty();
    }

    @Test
    void keepsItForAGroupWhoseCursorComesInTheSameGroup() {
        judge.admit(moves(3), group);
        judge.admit(Request.ofFirsts(Map.of(0, new First(5, true))), group);

        assertThat(group.firsts).isEmpty();
    }

    @Test
    void removesWhatEveryGroupHasConsumed() {
        memory.cursors().set(LATECOMER, stream.partition(), Cursor.at(5));

        judge.admit(Request.ofFirsts(Map.of(0, new First(5, true))), group);

        assertThat(group.firsts).containsEntry(0, 5L);
    }

    @Test
    void removesWhatIsNotKeptUntilConsumedWhoeverNeedsIt() {
        memory.cursors().set(LATECOMER, stream.partition(), Cursor.at(3));

        judge.admit(Request.ofFirsts(Map.of(0, new First(5, false))), group);

        assertThat(group.firsts).containsEntry(0, 5L);
    }

    private Request moves(long floor) {
        return new Request(
                List.of(),
                List.of(new CursorMove(LATECOMER, stream.partition(), Cursor.at(floor))),
                List.of(),
                List.of(),
                Map.of(),
                1000,
                new CompletableFuture<>());
    }
}
