package dev.tidings.broker.groups;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.engine.Slice;
import dev.tidings.engine.StoredEvent;
import dev.tidings.model.Bytes;
import dev.tidings.model.EventType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentTest {
    private static final EventType TYPE = new EventType("Org.Sys.Thing.Done");

    private final ReadMemory memory = new ReadMemory(400);

    @Test
    void findsWhatItKeeps() {
        Recent recent = new Recent(memory);
        recent.keep(slice(0, 3, 10));
        recent.keep(slice(7, 2, 10));

        assertThat(recent.find(2)).extracting(StoredEvent::position).isEqualTo(2L);
        assertThat(recent.find(8)).extracting(StoredEvent::position).isEqualTo(8L);
        assertThat(recent.find(5)).isNull();
        assertThat(recent.find(9)).isNull();
    }

    @Test
    void givesUpTheOldestWhereOnePartitionWouldTakeMoreThanAQuarter() {
        Recent recent = new Recent(memory);
        recent.keep(slice(0, 5, 10));
        recent.keep(slice(5, 5, 10));

        recent.keep(slice(10, 1, 10));

        assertThat(recent.find(0)).isNull();
        assertThat(recent.find(5)).isNotNull();
        assertThat(recent.find(10)).isNotNull();
    }

    @Test
    void givesUpItsOwnWhereOthersHaveTakenAll() {
        memory.take(340);
        Recent recent = new Recent(memory);
        recent.keep(slice(0, 5, 10));

        recent.keep(slice(5, 4, 10));

        assertThat(recent.find(0)).isNull();
        assertThat(recent.find(5)).isNotNull();
        assertThat(memory.take(21)).isFalse();
    }

    @Test
    void keepsNothingThatIsTooLarge() {
        Recent recent = new Recent(memory);

        recent.keep(slice(0, 1, 101));

        assertThat(recent.find(0)).isNull();
        assertThat(memory.take(400)).isTrue();
    }

    @Test
    void countsTheMemoryThatEventsShareOnceAndWhole() {
        byte[] shared = new byte[90];
        List<StoredEvent> events = List.of(event(0, new Bytes(shared, 0, 4)), event(1, new Bytes(shared, 4, 4)));
        Recent recent = new Recent(memory);

        recent.keep(new Slice(events, 2, 2));

        assertThat(memory.take(311)).isFalse();
        assertThat(memory.take(310)).isTrue();
    }

    @Test
    void givesBackWhatItClears() {
        Recent recent = new Recent(memory);
        recent.keep(slice(0, 5, 10));

        recent.clear();

        assertThat(recent.find(0)).isNull();
        assertThat(memory.take(400)).isTrue();
    }

    private static Slice slice(long first, int count, int size) {
        List<StoredEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(event(first + i, Bytes.of(new byte[size])));
        }
        return new Slice(events, first + count, first + count);
    }

    private static StoredEvent event(long position, Bytes json) {
        return new StoredEvent(position, 0, TYPE, 0, true, json);
    }
}
