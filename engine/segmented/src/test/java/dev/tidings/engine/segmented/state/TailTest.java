package dev.tidings.engine.segmented.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.engine.StoredEvent;
import dev.tidings.model.Bytes;
import dev.tidings.model.EventType;
import org.junit.jupiter.api.Test;

class TailTest {
    private static final EventType TYPE = new EventType("Acme.Shop.Order.Placed");

    private final Tail tail = new Tail(100);

    @Test
    void showsAnEndOnlyOnceItIsPublished() {
        tail.put(event(100));
        assertThat(tail.end()).isEqualTo(100);
        assertThat(tail.next()).isEqualTo(101);

        tail.publish();

        assertThat(tail.end()).isEqualTo(101);
    }

    @Test
    void holdsAllThatWasPutHoweverMuch() {
        put(100, 5_000);

        for (int at = 100; at < 5_000; at++) {
            assertThat(tail.get(at)).isEqualTo(event(at));
        }
        assertThat(tail.get(99)).isNull();
        assertThat(tail.get(5_000)).isNull();
    }

    @Test
    void losesWhatIsDroppedAndGoesOn() {
        put(100, 3_000);

        tail.dropBefore(2_990);
        put(3_000, 3_005);

        assertThat(tail.start()).isEqualTo(2_990);
        assertThat(tail.get(2_989)).isNull();
        assertThat(tail.get(2_990)).isEqualTo(event(2_990));
        assertThat(tail.get(3_004)).isEqualTo(event(3_004));
    }

    @Test
    void canBeEmptiedAndFilledAgain() {
        put(100, 3_000);

        tail.dropBefore(Long.MAX_VALUE);
        assertThat(tail.get(2_999)).isNull();
        put(3_000, 3_002);

        assertThat(tail.get(3_000)).isEqualTo(event(3_000));
        assertThat(tail.end()).isEqualTo(3_002);
    }

    @Test
    void neverDropsWhatIsNotPublished() {
        tail.put(event(100));

        tail.dropBefore(200);

        assertThat(tail.get(100)).isNotNull();
    }

    private void put(int from, int to) {
        for (int at = from; at < to; at++) {
            tail.put(event(at));
        }
        tail.publish();
    }

    private static StoredEvent event(long position) {
        return new StoredEvent(position, 1, TYPE, 0, false, Bytes.EMPTY);
    }
}
