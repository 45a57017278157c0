package dev.tidings.wire;

import dev.tidings.wire.json.JsonCursor;
import java.util.Locale;

/// The members of an event in JSON that the codec knows by name.
enum Attribute {
    SPECVERSION,
    ID,
    SOURCE,
    TYPE,
    SUBJECT,
    TIME,
    DATACONTENTTYPE,
    DATASCHEMA,
    PARTITIONKEY,
    DATA,
    DATA_BASE64,
    OFFSET,
    /// Of an extension of CloudEvents: where the payload is, if it is elsewhere.
    DATAREF,
    /// Every other name.
    EXTENSION;

    private final String text = name().toLowerCase(Locale.ROOT);

    /// The name; of no use with extensions.
    String text() {
        return text;
    }

    /// The attribute that the member at which the cursor stands is named after, without a string for its name.
    static Attribute named(JsonCursor cursor) {
        if (cursor.nameEscaped()) {
            return named(cursor.name());
        }
        Attribute only = byLength(cursor);
        return cursor.nameIs(only.text) ? only : EXTENSION;
    }

    /// The only one that it can be.
    private static Attribute byLength(JsonCursor cursor) {
        return switch (cursor.nameLength()) {
            case 2 -> ID;
            case 4 -> cursor.nameByte(0) == 'd' ? DATA : cursor.nameByte(1) == 'y' ? TYPE : TIME;
            case 6 -> cursor.nameByte(0) == 's' ? SOURCE : OFFSET;
            case 7 -> cursor.nameByte(0) == 's' ? SUBJECT : DATAREF;
            case 10 -> DATASCHEMA;
            case 11 -> cursor.nameByte(0) == 's' ? SPECVERSION : DATA_BASE64;
            case 12 -> PARTITIONKEY;
            case 15 -> DATACONTENTTYPE;
            default -> EXTENSION;
        };
    }

    /// Whether it may have any value that an attribute can have.
    boolean extension() {
        return this == EXTENSION || this == DATAREF;
    }

    static Attribute named(String name) {
        return switch (name) {
            case "specversion" -> SPECVERSION;
            case "id" -> ID;
            case "source" -> SOURCE;
            case "type" -> TYPE;
            case "subject" -> SUBJECT;
            case "time" -> TIME;
            case "datacontenttype" -> DATACONTENTTYPE;
            case "dataschema" -> DATASCHEMA;
            case "partitionkey" -> PARTITIONKEY;
            case "data" -> DATA;
            case "data_base64" -> DATA_BASE64;
            case "offset" -> OFFSET;
            case "dataref" -> DATAREF;
            default -> EXTENSION;
        };
    }
}
