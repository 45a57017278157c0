package dev.tidings.engine.segmented.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidings.engine.Corrupt;
import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.TypeSelection;
import dev.tidings.engine.segmented.segments.Segment;
import dev.tidings.engine.segmented.segments.Summary;
import dev.tidings.engine.segmented.state.StreamLog;
import dev.tidings.engine.segmented.state.Streams;
import dev.tidings.model.EventType;
import dev.tidings.model.StreamName;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// A run of blocks with any bytes in it, under checksums that hold.
class BlocksFuzzTest {
    private static final EventType TYPE = new EventType("Acme.Shop.Order.Placed");
    private static final long NEXT = 20;

    @FuzzTest
    void areReadOrSayWhereTheyAreCorrupt(byte[] run) {
        BlockSeal.seal(run, 0);
        StreamLog log = stream();

        read(run, log, blocks -> gathered(blocks, log, TypeSelection.ALL));
        read(run, log, blocks -> gathered(blocks, log, new TypeSelection.Of(Set.of(TYPE))));
        read(run, log, blocks -> List.of(blocks.event(NEXT - 1, log)));
        read(run, log, blocks -> {
            StoredEvent event = blocks.eventAt(1_000, log);
            return event == null ? List.of() : List.of(event);
        });
    }

    private static void read(byte[] run, StreamLog log, Function<RunBlocks, List<StoredEvent>> reading) {
        Segment segment = new Segment("segment", 0, NEXT, run.length, Summary.EMPTY, null);
        try {
            List<StoredEvent> events =
                    reading.apply(new RunBlocks(segment, log, new RunBlocks.Span(0, NEXT, 1024), run));
            assertThat(events).hasSizeLessThanOrEqualTo((int) NEXT);
            for (StoredEvent event : events) {
                assertThat(event.position()).isBetween(0L, NEXT - 1);
                assertThat(event.json().toUtf8()).isNotNull();
            }
        } catch (Corrupt corrupt) {
            assertThat(corrupt.file()).isEqualTo("segment.seg");
            assertThat(corrupt.offset()).isBetween(1024L, 1024L + run.length);
        }
    }

    private static List<StoredEvent> gathered(RunBlocks blocks, StreamLog log, TypeSelection types) {
        Gather gather = new Gather(log, new Selection(types), 0, 1 << 20);
        blocks.gather(gather);
        return gather.slice().events();
    }

    private static StreamLog stream() {
        StreamLog log = new Streams().add(0, new StreamName("Acme.Shop"));
        log.addType(0, TYPE);
        log.addType(1, new EventType("Acme.Shop.Order.Paid"));
        log.restore(0, NEXT, List.of());
        return log;
    }
}
