package dev.tidings.wire;

import dev.tidings.model.Bytes;
import dev.tidings.model.Delivery;
import java.util.List;

/// A delivery in the CloudEvents JSON format: what is stored, with `offset` (where it has one, and `time` where the
/// producer gave none) spliced in behind its opening brace. It is [#head] and then [#tail]; only the head is made
/// anew.
public final class Outgoing {
    private static final Bytes COMMA = Bytes.utf8(",");

    private Outgoing() {}

    /// From the opening brace to the end of what the broker adds.
    public static byte[] head(Delivery delivery) {
        JsonText head = new JsonText(64).raw("{");
        if (delivery.offset() != Delivery.NO_OFFSET) {
            head.raw("\"offset\":\"").number(delivery.offset()).raw("\"");
        }
        if (!delivery.timed()) {
            head.raw(delivery.offset() == Delivery.NO_OFFSET ? "\"time\":\"" : ",\"time\":\"")
                    .raw(Bytes.of(Rfc3339.format(delivery.acceptedMillis())))
                    .raw("\"");
        }
        Bytes json = delivery.json();
        boolean nothingAdded = delivery.timed() && delivery.offset() == Delivery.NO_OFFSET;
        boolean empty = json.at(Cut.passBlanks(json, brace(json) + 1)) == '}';
        return (empty || nothingAdded ? head : head.raw(COMMA)).bytes().toArray();
    }

    /// What is stored, from behind its opening brace: a slice, not a copy.
    public static Bytes tail(Delivery delivery) {
        Bytes json = delivery.json();
        return json.slice(brace(json) + 1, json.length());
    }

    /// The whole event, copied into one piece.
    public static byte[] structured(Delivery delivery) {
        return append(new JsonText(delivery.json().length() + 80), delivery)
                .bytes()
                .toArray();
    }

    /// The event in binary mode: JSON data as it is stored, text as UTF-8, base64 decoded.
    public static BinaryMessage binary(Delivery delivery) {
        return new BinaryWriter().write(delivery);
    }

    /// A JSON array of the events, in one piece.
    public static byte[] batch(List<Delivery> deliveries) {
        JsonText array = new JsonText(2
                + deliveries.stream()
                        .mapToInt(delivery -> delivery.json().length() + 80)
                        .sum());
        array.raw("[");
        for (int i = 0; i < deliveries.size(); i++) {
            append(i == 0 ? array : array.raw(COMMA), deliveries.get(i));
        }
        return array.raw("]").bytes().toArray();
    }

    private static JsonText append(JsonText text, Delivery delivery) {
        return text.raw(Bytes.of(head(delivery))).raw(tail(delivery));
    }

    private static int brace(Bytes json) {
        return Cut.passBlanks(json, 0);
    }
}
