package dev.tidings.wire;

import dev.tidings.model.Bytes;
import dev.tidings.model.ReportedEvent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JsonToken;

/// Reads an event that a consumer reports dead: takes out its `offset` and notes what identifies it. One report each.
final class ReportReader {
    private final StrictJson strict;
    private final Map<Attribute, String> identity = new HashMap<>();
    private final Set<String> names = new HashSet<>();
    private int offsetFrom = -1;
    private int offsetTo;

    ReportReader(StrictJson strict) {
        this.strict = strict;
    }

    Reported read(Bytes text) {
        StrictJson.requireUtf8(text);
        try (JsonCursor cursor = strict.read(text)) {
            if (cursor.next() != JsonToken.START_OBJECT) {
                throw cursor.malformed("expected the event as a JSON object");
            }
            int start = cursor.at();
            for (String name = cursor.nextName(); name != null; name = cursor.nextName()) {
                if (!names.add(name)) {
                    throw cursor.malformed("expected each attribute once, found " + AttributeText.shown(name));
                }
                member(cursor, Attribute.named(name));
            }
            Bytes json = cursor.slice(start, cursor.at() + 1);
            cursor.end();
            return new Reported.Report(event(json, start));
        }
    }

    private void member(JsonCursor cursor, Attribute attribute) {
        int from = cursor.at();
        JsonToken token = cursor.next();
        boolean scalar = token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NUMBER_INT;
        switch (attribute) {
            case OFFSET -> {
                identity.put(attribute, scalar ? cursor.string() : "");
                offsetFrom = cursor.memberStart(from);
                offsetTo = cursor.skip();
            }
            case ID, SOURCE, TYPE -> {
                if (token == JsonToken.VALUE_STRING) {
                    identity.put(attribute, cursor.string());
                }
                cursor.skip();
            }
            default -> cursor.skip();
        }
    }

    private ReportedEvent event(Bytes json, int start) {
        long offset = Offsets.parse(Bytes.utf8(identity.getOrDefault(Attribute.OFFSET, "")));
        return new ReportedEvent(
                offset > 0 ? offset : null,
                identity.get(Attribute.SOURCE),
                identity.get(Attribute.ID),
                identity.get(Attribute.TYPE),
                offsetFrom < 0 ? json : Cut.member(json, offsetFrom - start, offsetTo - start));
    }
}
