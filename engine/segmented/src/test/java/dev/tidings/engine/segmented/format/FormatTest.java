package dev.tidings.engine.segmented.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.engine.Batch;
import dev.tidings.engine.Cursor;
import dev.tidings.engine.Ranges;
import dev.tidings.engine.StoredEvent;
import dev.tidings.model.Bytes;
import dev.tidings.model.Event;
import dev.tidings.model.EventType;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FormatTest {
    private static final EventType TYPE = new EventType("Acme.Shop.Order.Placed");
    private static final long SEED = 42;

    @Test
    void readsAnEntryAsItWasWritten() {
        Writer out = new Writer(10);
        out.putInt(7);
        Draft draft = draft("https://shop", "id-1");

        int at = EntryFormat.write(out, draft, new EntryFormat.Place(3, 9, 1L << 40, 1_234));

        StoredEvent read = EntryFormat.read(out.array(), at, TYPE);
        assertThat(read).isEqualTo(new StoredEvent(1L << 40, 1_234, TYPE, draft.keyHash(), true, draft.json()));
        assertThat(EntryFormat.startOf(read)).isEqualTo(at);
        assertThat(EntryFormat.stream(out.array(), at)).isEqualTo(3);
        assertThat(EntryFormat.type(out.array(), at)).isEqualTo(9);
        assertThat(EntryFormat.remember(out.array(), at)).isEqualTo(60_000);
        assertThat(EntryFormat.endOf(out.array(), at)).isEqualTo(out.position());
    }

    @Test
    void knowsAnEntryBySourceAndId() {
        Writer out = new Writer(10);
        Draft draft = draft("https://shop", "id-1");
        int at = EntryFormat.write(out, draft, new EntryFormat.Place(3, 9, 5, 1_234));

        assertThat(Identity.hash(SEED, out.array(), at)).isEqualTo(draft.identity());
        assertThat(Identity.same(draft, out.array(), at)).isTrue();
        assertThat(Identity.same(draft("https://shop", "id-2"), out.array(), at))
                .isFalse();
        assertThat(Identity.same(draft("https://sho", "pid-1"), out.array(), at))
                .isFalse();
    }

    @Test
    void hashesSourcesAndIdsApart() {
        long[] hashes = {
            draft("ab", "c").identity(),
            draft("a", "bc").identity(),
            draft("", "abc").identity(),
            draft("abc", "").identity(),
            draft("c", "ab").identity(),
            draft("\0", "").identity(),
            draft("", "\0").identity(),
            draft("", "").identity()
        };

        assertThat(Arrays.stream(hashes).distinct()).hasSize(hashes.length);
        assertThat(Identity.hash(SEED, new byte[] {1}, new byte[0]))
                .isNotEqualTo(Identity.hash(SEED + 1, new byte[] {1}, new byte[0]));
    }

    @Test
    void readsACursorAsItWasWritten() {
        Cursor cursor = new Cursor(
                1L << 33, Ranges.ofBounds(1L << 34, (1L << 34) + 3, Long.MAX_VALUE - 1, Long.MAX_VALUE), Map.of(5L, 3));
        Writer out = new Writer(4);
        CursorFormat.write(out, cursor);

        assertThat(CursorFormat.read(new Reader(out.array(), 0, out.position())))
                .isEqualTo(cursor);
    }

    @Test
    void refusesBytesThatEndTooEarly() {
        Writer out = new Writer(4);
        CursorFormat.write(out, new Cursor(5, Ranges.ofBounds(7, 9, 12, 15), Map.of(5L, 3)));

        for (int length = 0; length < out.position(); length++) {
            Reader in = new Reader(out.array(), 0, length);
            assertThatThrownBy(() -> CursorFormat.read(in)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void readsNumbersOfAnySize() {
        Writer out = new Writer(1);
        long[] numbers = new Random(1).longs(1_000).map(n -> n >>> n % 64).toArray();
        Arrays.stream(numbers).forEach(out::putVar);

        Reader in = new Reader(out.array(), 0, out.position());
        for (long number : numbers) {
            assertThat(in.readVar()).isEqualTo(number);
        }
        assertThat(in.atEnd()).isTrue();
    }

    private static Draft draft(String source, String id) {
        Event event = new Event(
                id, source, TYPE, "key", Instant.EPOCH, new Event.Data.None(), Bytes.utf8("{\"id\":\"" + id + "\"}"));
        return Draft.of(new Batch.Entry(TYPE.stream(), event, Duration.ofMinutes(1)), SEED);
    }
}
