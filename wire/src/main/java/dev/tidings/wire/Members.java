package dev.tidings.wire;

import dev.tidings.model.Bytes;
import dev.tidings.model.Event;
import dev.tidings.model.EventType;
import dev.tidings.wire.json.JsonCursor;
import dev.tidings.wire.json.Token;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The members of one event in JSON, told to its draft.
final class Members {
    private static final char DELETE = 0x7f;
    private static final int MAX_INT_LENGTH = "-2147483648".length();

    private final JsonCursor cursor;
    private final Familiar familiar;
    private final Draft draft;
    private List<Place> dropped = List.of();
    private @Nullable Bytes data;
    private boolean base64;

    private record Place(int from, int to) {}

    Members(JsonCursor cursor, Familiar familiar, Draft draft) {
        this.cursor = cursor;
        this.familiar = familiar;
        this.draft = draft;
    }

    Draft draft() {
        return draft;
    }

    /// Reads the object at which the cursor stands.
    Members read() {
        cursor.enter();
        while (cursor.member()) {
            Attribute attribute = Attribute.named(cursor);
            String name = attribute == Attribute.EXTENSION ? cursor.name() : attribute.text();
            if (!draft.first(attribute, name)) {
                throw StrictJson.unexpected(
                        cursor, "expected each attribute once, found " + AttributeText.shown(name) + " again");
            }
            Token token = cursor.value();
            switch (attribute) {
                case DATA -> data(cursor.slice(cursor.at(), cursor.skip()), token);
                case DATA_BASE64 -> base64(token);
                case OFFSET -> drop();
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
        for (int last = dropped.size() - 1; last >= 0; last--) {
            Place place = dropped.get(last);
            rest = Cut.member(rest, place.from - start, place.to - start);
        }
        return rest;
    }

    private void attribute(Attribute attribute, String name, Token token) {
        switch (token) {
            case STRING -> string(attribute, name);
            case NULL -> absent(attribute);
            case TRUE, FALSE -> draft.scalar(attribute, name);
            case INTEGER -> number(attribute, name);
            case DECIMAL, OBJECT, ARRAY, END -> {
                cursor.skip();
                draft.unfit(attribute, name);
            }
        }
    }

    private void string(Attribute attribute, String name) {
        if (cursor.plain() && attribute == Attribute.TYPE) {
            type(cursor.raw());
        } else if (cursor.plain() && attribute == Attribute.SOURCE) {
            source(cursor.raw());
        } else {
            judged(attribute, name);
        }
    }

    private void type(Bytes text) {
        EventType known = familiar.types().find(text);
        if (known != null) {
            draft.type(known);
            return;
        }
        judged(Attribute.TYPE, Attribute.TYPE.text());
        EventType sound = draft.type();
        if (sound != null) {
            familiar.types().remember(text, sound);
        }
    }

    private void source(Bytes text) {
        String known = familiar.sources().find(text);
        if (known != null) {
            draft.source(known);
            return;
        }
        judged(Attribute.SOURCE, Attribute.SOURCE.text());
        String sound = draft.source();
        if (sound != null) {
            familiar.sources().remember(text, sound);
        }
    }

    private void judged(Attribute attribute, String name) {
        String value = cursor.string();
        if (cursor.plain() && value.indexOf(DELETE) < 0) {
            draft.plain(attribute, name, value);
        } else {
            draft.text(attribute, name, value);
        }
    }

    private void number(Attribute attribute, String name) {
        if (fitsInt(cursor.string())) {
            draft.scalar(attribute, name);
        } else {
            draft.unfit(attribute, name);
        }
    }

    private static boolean fitsInt(String integer) {
        long number = integer.length() <= MAX_INT_LENGTH ? Long.parseLong(integer) : Long.MAX_VALUE;
        return number == (int) number;
    }

    /// Null stands for no attribute; but a `time` of null would stand beside the one that is added on the way out.
    private void absent(Attribute attribute) {
        if (attribute == Attribute.TIME) {
            drop();
        }
    }

    private void drop() {
        dropped = dropped.isEmpty() ? new ArrayList<>(2) : dropped;
        dropped.add(new Place(cursor.memberAt(), cursor.skip()));
    }

    private void data(Bytes text, Token token) {
        data = text;
        if (base64 && token != Token.NULL) {
            both();
        }
    }

    private void base64(Token token) {
        if (token == Token.NULL) {
            return;
        }
        if (token == Token.STRING && Base64Text.wellFormed(cursor.string())) {
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
