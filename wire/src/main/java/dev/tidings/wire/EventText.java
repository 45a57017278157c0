package dev.tidings.wire;

import dev.tidings.model.Bytes;
import dev.tidings.wire.json.Utf8;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes events in the CloudEvents JSON format, for producers.
public final class EventText {
    private static final int ROOM = 512;
    private static final StrictJson STRICT = new StrictJson(1_002);
    private static final Bytes COMMA = Bytes.utf8(",");

    private EventText() {}

    /// An event.
    ///
    /// @param attributes `String`, `Integer` or `Boolean` each
    /// @param data       null: none. What `datacontenttype` calls JSON (so does an absent one) has to be JSON;
    ///                   text in UTF-8 is written as a string, everything else in base64
    public static Bytes of(Map<String, Object> attributes, @Nullable Bytes data) {
        JsonText json = new JsonText(ROOM + (data == null ? 0 : data.length())).raw("{");
        attributes.forEach((name, value) -> {
            json.name(name);
            if (value instanceof String text) {
                json.string(text);
            } else {
                json.raw(value.toString());
            }
        });
        if (data != null) {
            payload(json, attributes.get("datacontenttype"), data);
        }
        return json.raw("}").bytes();
    }

    /// The event of a message in binary mode, whose attributes are not judged; nothing where its payload, or an
    /// attribute, can't be read.
    public static Optional<Bytes> of(BinaryMessage message) {
        try {
            return Optional.of(new BinaryReader(STRICT, CloudEvents.Limits.DEFAULT).unjudged(message));
        } catch (Stopped unreadable) {
            return Optional.empty();
        }
    }

    /// The texts of a batch's events; nothing where it is none.
    public static Optional<List<Bytes>> elements(Bytes batch) {
        return AnswerReader.elements(STRICT, batch);
    }

    /// A batch of events that are written already.
    public static Bytes batch(List<Bytes> events) {
        JsonText json = new JsonText(
                2 + events.stream().mapToInt(event -> event.length() + 1).sum());
        json.raw("[");
        for (int i = 0; i < events.size(); i++) {
            (i == 0 ? json : json.raw(COMMA)).raw(events.get(i));
        }
        return json.raw("]").bytes();
    }

    private static void payload(JsonText json, @Nullable Object contentType, Bytes data) {
        MediaType type = contentType instanceof String text ? MediaType.parse(text) : MediaType.JSON;
        if (type != null && type.json()) {
            json.name("data").raw(data);
        } else if (type != null && type.text() && type.utf8() && Utf8.firstFlaw(data) < 0) {
            json.name("data").string(data);
        } else {
            json.name("data_base64").base64(data);
        }
    }
}
