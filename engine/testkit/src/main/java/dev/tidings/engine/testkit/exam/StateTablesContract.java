package dev.tidings.engine.testkit.exam;

import static dev.tidings.engine.testkit.exam.Samples.PLACED;
import static dev.tidings.engine.testkit.exam.Samples.SHOP;
import static dev.tidings.engine.testkit.exam.Samples.entry;
import static dev.tidings.engine.testkit.exam.Samples.put;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.engine.Batch;
import dev.tidings.engine.Batch.StateChange;
import dev.tidings.engine.testkit.disk.Crash;
import dev.tidings.model.Bytes;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/// What [dev.tidings.engine.StateTables] promises.
public abstract class StateTablesContract extends Exam {
    protected StateTablesContract() {}

    @Test
    void isEmptyAtFirst() {
        assertThat(engine().states().get("t", "k")).isEmpty();
        assertThat(engine().states().rows("t")).isEmpty();
    }

    @Test
    void keepsTheLastValueOfEachRowInTheOrderOfTheirKeys() {
        change(put("t", "b", "1"), put("t", "a", "2"), put("t", "b", "3"));
        change(put("t", "c", "4"), put("other", "a", "5"));

        assertThat(engine().states().get("t", "b")).contains(Bytes.utf8("3"));
        assertThat(engine().states().rows("t").entrySet())
                .containsExactly(
                        Map.entry("a", Bytes.utf8("2")),
                        Map.entry("b", Bytes.utf8("3")),
                        Map.entry("c", Bytes.utf8("4")));
        assertThat(engine().states().rows("other")).isEqualTo(Map.of("a", Bytes.utf8("5")));
    }

    @Test
    void removesRows() {
        change(put("t", "a", "1"), put("t", "b", "2"), put("t", "c", "3"));

        change(new StateChange.Remove("t", "a"), new StateChange.Remove("t", "never there"));
        change(put("t", "b", "4"), new StateChange.Remove("t", "b"));

        assertThat(engine().states().rows("t")).isEqualTo(Map.of("c", Bytes.utf8("3")));
    }

    @Test
    void keepsItsRowsAcrossAReopeningAndACrash() {
        change(put("t", "ключ", ""), put("t", "large", "x".repeat(100_000)));
        change(new StateChange.Remove("t", "large"), put("t", "k", "y".repeat(70_000)));
        SortedMap<String, Bytes> before = engine().states().rows("t");

        reopen();
        assertThat(engine().states().rows("t")).isEqualTo(before).hasSize(2);
        change(put("t", "later", "1"));
        reopenAfter(Crash.LOSING_ALL_UNSYNCED);

        assertThat(engine().states().rows("t")).containsAllEntriesOf(before).hasSize(3);
    }

    @Test
    void givesSnapshotsThatDoNotChange() {
        change(put("t", "a", "1"));
        SortedMap<String, Bytes> snapshot = engine().states().rows("t");

        change(put("t", "a", "2"), put("t", "b", "3"));

        assertThat(snapshot).isEqualTo(Map.of("a", Bytes.utf8("1")));
    }

    @Test
    void changesTogetherWithTheEventsOfTheBatch() {
        append(new Batch(List.of(entry(PLACED, "a")), List.of(), List.of(put("t", "k", "v"))));

        reopenAfter(Crash.LOSING_ALL_UNSYNCED);

        assertThat(idsIn(SHOP)).containsExactly("a");
        assertThat(engine().states().get("t", "k")).contains(Bytes.utf8("v"));
    }

    private void change(StateChange... changes) {
        append(Batch.ofStates(List.of(changes)));
    }
}
