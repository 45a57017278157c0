package dev.tidings.wire;

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
    /// Every other name.
    EXTENSION;

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
            default -> EXTENSION;
        };
    }
}
