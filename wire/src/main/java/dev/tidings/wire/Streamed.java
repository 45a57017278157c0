package dev.tidings.wire;

import dev.tidings.model.Bytes;
import dev.tidings.model.StreamedEvent;
import dev.tidings.wire.json.JsonCursor;
import dev.tidings.wire.json.Malformed;
import dev.tidings.wire.json.Token;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Events of a stream on their way to a reader: what is stored, with the attribute [#ATTRIBUTE] (and `time` where the
/// producer gave none) spliced in behind its opening brace. An attribute of that name that the producer gave is left
/// out here; groups get it as it is.
public final class Streamed {
    /// The name of the attribute that tells an event's position.
    public static final String ATTRIBUTE = "streamposition";
    private static final Bytes COMMA = Bytes.utf8(",");
    private static final Bytes NAME = Bytes.utf8("{\"" + ATTRIBUTE + "\":\"");
    private static final Bytes ID = Bytes.utf8("\nid: ");
    private static final Bytes TYPE = Bytes.utf8("event: ");
    private static final Bytes DATA = Bytes.utf8("\ndata: ");
    private static final Bytes END = Bytes.utf8("\n\n");
    private static final byte[] OWN = ATTRIBUTE.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ESCAPE = {'\\', 'u'};
    private static final int DEPTH = 512;
    private static final int ADDED = 128;

    private Streamed() {}

    /// A JSON array of the events.
    public static Bytes batch(List<StreamedEvent> events) {
        return array(text(events), events).bytes();
    }

    /// An object with the events as `events`, and further members.
    ///
    /// @param members JSON: what stands behind the array up to the end of the object
    public static Bytes page(List<StreamedEvent> events, String members) {
        return array(text(events).raw("{\"events\":"), events).raw(members).bytes();
    }

    /// Newline-delimited JSON: a line for each event.
    public static Bytes lines(List<StreamedEvent> events) {
        JsonText text = text(events);
        for (StreamedEvent event : events) {
            line(text, event).raw("\n");
        }
        return text.bytes();
    }

    /// Server-sent events, each with its position as `id` and its type as `event`.
    public static Bytes messages(List<StreamedEvent> events) {
        JsonText text = text(events);
        for (StreamedEvent event : events) {
            text.raw(TYPE).raw(event.type().value()).raw(ID).raw(event.position());
            line(text.raw(DATA), event).raw(END);
        }
        return text.bytes();
    }

    private static JsonText text(List<StreamedEvent> events) {
        return new JsonText(ADDED
                + events.stream()
                        .mapToInt(event -> event.json().length() + 2 * ADDED)
                        .sum());
    }

    private static JsonText array(JsonText text, List<StreamedEvent> events) {
        text.raw("[");
        for (int i = 0; i < events.size(); i++) {
            append(i == 0 ? text : text.raw(COMMA), events.get(i));
        }
        return text.raw("]");
    }

    private static JsonText line(JsonText text, StreamedEvent event) {
        int from = text.length();
        return append(text, event).onOneLine(from);
    }

    private static JsonText append(JsonText text, StreamedEvent event) {
        text.raw(NAME).raw(event.position()).raw("\"");
        if (!event.timed()) {
            text.raw(",\"time\":\"")
                    .raw(Bytes.of(Rfc3339.format(event.acceptedMillis())))
                    .raw("\"");
        }
        Bytes json = withoutOwn(event.json());
        int brace = Cut.passBlanks(json, 0);
        boolean empty = json.at(Cut.passBlanks(json, brace + 1)) == '}';
        return (empty ? text : text.raw(COMMA)).raw(json.slice(brace + 1, json.length()));
    }

    /// Most events are told not to have it by a look at their bytes.
    private static Bytes withoutOwn(Bytes json) {
        return contains(json, OWN) || contains(json, ESCAPE) ? cut(json) : json;
    }

    private static Bytes cut(Bytes json) {
        JsonCursor cursor = new JsonCursor(json, DEPTH);
        try {
            if (cursor.value() != Token.OBJECT) {
                return json;
            }
            cursor.enter();
            while (cursor.member()) {
                boolean own = cursor.name().equals(ATTRIBUTE);
                int from = cursor.memberAt();
                cursor.value();
                int to = cursor.skip();
                if (own) {
                    return Cut.member(json, from, to);
                }
            }
            return json;
        } catch (Malformed strange) {
            return json; // what is stored was read strictly before
        }
    }

    private static boolean contains(Bytes json, byte[] wanted) {
        byte[] array = json.array();
        int last = json.offset() + json.length() - wanted.length;
        for (int at = json.offset(); at <= last; at++) {
            if (array[at] == wanted[0] && matches(array, at, wanted)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(byte[] array, int at, byte[] wanted) {
        for (int i = 1; i < wanted.length; i++) {
            if (array[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
