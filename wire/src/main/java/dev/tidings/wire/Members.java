package dev.tidings.wire;

import dev.tidings.model.Bytes;
import dev.tidings.model.Event;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/// The members of one event in JSON, told to its draft.
final class Members {
    private final JsonCursor cursor;
    private final Draft draft;
    private List<Place> dropped = List.of();
    private @Nullable Bytes data;
    private boolean base64;

    private record Place(int from, int to) {}

    Members(JsonCursor cursor, Draft draft) {
        this.cursor = cursor;
        this.draft = draft;
    }

    Draft draft() {
        return draft;
    }

    /// Reads on from behind the opening brace to the closing one.
    Members read() {
        for (String name = cursor.nextName(); name != null; name = cursor.nextName()) {
            Attribute attribute = Attribute.named(name);
            if (!draft.first(attribute, name)) {
                throw cursor.malformed("expected each attribute once, found " + AttributeText.shown(name) + " again");
            }
            int from = cursor.at();
            JsonToken token = cursor.next();
            switch (attribute) {
                case DATA -> data(cursor.slice(from, cursor.skip()), token);
                case DATA_BASE64 -> base64(token);
                case OFFSET -> drop(from);
                default -> attribute(attribute, name, token);
            }
        }
        return this;
    }

    Event event(Bytes json) {
        return draft.event(base64 ? draft.opaque() : draft.data(data), json);
    }

    /// The event's text without what was dropped; the same object where nothing was.
    ///
    /// @param start where the event begins in the text that the cursor reads
    Bytes withoutDropped(Bytes json, int start) {
        Bytes rest = json;
        for (Place place : dropped.reversed()) {
            rest = Cut.member(rest, place.from - start, place.to - start);
        }
        return rest;
    }

    private void attribute(Attribute attribute, String name, @Nullable JsonToken token) {
        switch (token) {
            case VALUE_STRING -> string(attribute, name);
            case VALUE_NULL -> absent(attribute);
            case VALUE_TRUE, VALUE_FALSE -> draft.scalar(attribute, name);
            case VALUE_NUMBER_INT -> number(attribute, name);
            case null, default -> {
                cursor.skip();
                draft.unfit(attribute, name);
            }
        }
    }

    private void string(Attribute attribute, String name) {
        String plain = cursor.plainString();
        if (plain == null) {
            draft.text(attribute, name, cursor.string());
        } else {
            draft.plain(attribute, name, plain);
        }
    }

    private void number(Attribute attribute, String name) {
        if (cursor.fitsInt()) {
            draft.scalar(attribute, name);
        } else {
            draft.unfit(attribute, name);
        }
    }

    /// Null stands for no attribute; but a `time` of null would stand beside the one that is added on the way out.
    private void absent(Attribute attribute) {
        if (attribute == Attribute.TIME) {
            drop(cursor.at());
        }
    }

    private void drop(int from) {
        dropped = dropped.isEmpty() ? new ArrayList<>(2) : dropped;
        dropped.add(new Place(cursor.memberStart(from), cursor.skip()));
    }

    private void data(Bytes text, @Nullable JsonToken token) {
        data = text;
        if (base64 && token != JsonToken.VALUE_NULL) {
            both();
        }
    }

    private void base64(@Nullable JsonToken token) {
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        if (token == JsonToken.VALUE_STRING && Base64Text.wellFormed(cursor.string())) {
            base64 = true;
        } else {
            cursor.skip();
            draft.flaw("data_base64", "must be a string in base64 (RFC 4648, section 4)");
        }
        if (data != null && data.at(0) != 'n') {
            both();
        }
    }

    private void both() {
        draft.flaw("data_base64", "must not stand beside data: an event has one payload");
    }
}
