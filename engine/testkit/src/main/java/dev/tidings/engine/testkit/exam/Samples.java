package dev.tidings.engine.testkit.exam;

import dev.tidings.engine.Batch;
import dev.tidings.engine.Batch.CursorMove;
import dev.tidings.engine.Batch.StateChange;
import dev.tidings.engine.Cursor;
import dev.tidings.engine.Partition;
import dev.tidings.engine.StoredEvent;
import dev.tidings.model.Bytes;
import dev.tidings.model.ClientName;
import dev.tidings.model.Event;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;
import dev.tidings.model.StreamName;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// What the exam stores.
final class Samples {
    static final EventType PLACED = new EventType("Acme.Shop.Order.Placed");
    static final EventType PAID = new EventType("Acme.Shop.Order.Paid");
    static final EventType SENT = new EventType("Acme.Post.Parcel.Sent");
    static final StreamName SHOP = PLACED.stream();
    static final StreamName POST = SENT.stream();
    static final Partition SHOP_PARTITION = Partition.only(SHOP);
    static final GroupName READERS = new GroupName(new ClientName("acme"), GroupName.DEFAULT);
    static final Duration WINDOW = Duration.ofDays(1);
    private static final String SOURCE = "https://shop.example";

    private Samples() {}

    /// An event that is remembered for a day.
    static Batch.Entry entry(EventType type, String id) {
        return entry(event(SOURCE, type, id, 0), WINDOW);
    }

    static Batch.Entry entry(Event event, Duration window) {
        return new Batch.Entry(event.type().stream(), event, window);
    }

    static Batch.Entry[] entries(EventType type, String... ids) {
        return Arrays.stream(ids).map(id -> entry(type, id)).toArray(Batch.Entry[]::new);
    }

    /// An event with a payload of this many characters.
    static Batch.Entry large(EventType type, String id, int payload) {
        return entry(event(SOURCE, type, id, payload), WINDOW);
    }

    static Event event(String source, EventType type, String id, int payload) {
        String json = "{\"id\":\"%s\",\"source\":\"%s\",\"type\":\"%s\",\"data\":\"%s\"}"
                .formatted(id, source, type, "x".repeat(payload));
        return new Event(id, source, type, "key of " + id, null, new Event.Data.None(), Bytes.utf8(json));
    }

    static String id(StoredEvent event) {
        String json = event.json().toUtf8();
        int start = json.indexOf("\"id\":\"") + 6;
        return json.substring(start, json.indexOf('"', start));
    }

    static CursorMove move(Cursor cursor) {
        return new CursorMove(READERS, SHOP_PARTITION, cursor);
    }

    static Batch moving(Cursor cursor) {
        return Batch.ofCursors(List.of(move(cursor)));
    }

    static StateChange put(String table, String key, String value) {
        return new StateChange.Put(table, key, Bytes.utf8(value));
    }
}
