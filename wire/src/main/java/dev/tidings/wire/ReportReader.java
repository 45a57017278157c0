package dev.tidings.wire;

import dev.tidings.model.Bytes;
import dev.tidings.model.ReportedEvent;
import dev.tidings.wire.json.JsonCursor;
import dev.tidings.wire.json.Token;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

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
        return strict.read(text, cursor -> {
            if (cursor.value() != Token.OBJECT) {
                throw StrictJson.unexpected(cursor, "expected the event as a JSON object");
            }
            int start = cursor.at();
            cursor.enter();
            while (cursor.member()) {
                String name = cursor.name();
                if (!names.add(name)) {
                    throw StrictJson.unexpected(
                            cursor, "expected each attribute once, found " + AttributeText.shown(name));
                }
                member(cursor, Attribute.named(name));
            }
            Bytes json = cursor.slice(start, cursor.end());
            cursor.finish();
            return new Reported.Report(event(json, start));
        });
    }

    private void member(JsonCursor cursor, Attribute attribute) {
        Token token = cursor.value();
        boolean scalar = token == Token.STRING || token == Token.INTEGER;
        switch (attribute) {
            case OFFSET -> {
                identity.put(attribute, scalar ? cursor.string() : "");
                offsetFrom = cursor.memberAt();
                offsetTo = cursor.skip();
            }
            case ID, SOURCE, TYPE -> {
                if (token == Token.STRING) {
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
