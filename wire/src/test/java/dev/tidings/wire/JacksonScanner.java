package dev.tidings.wire;

import dev.tidings.model.Bytes;
import dev.tidings.model.Event;
import dev.tidings.model.Flaw;
import dev.tidings.model.Submission;
import dev.tidings.wire.json.JacksonTrace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Cuts a batch into events with Jackson: the oracle of [EventScanner]. Knows no `offset` and no `time` of null.
final class JacksonScanner {
    private final Bytes text;
    private final JsonParser parser;

    JacksonScanner(Bytes text) {
        this.text = text;
        parser = JacksonTrace.parser(text);
    }

    Submission batch(Instant latest) {
        List<Event> events = new ArrayList<>();
        List<Flaw> flaws = new ArrayList<>();
        require(parser.nextToken() == JsonToken.START_ARRAY);
        for (int index = 0; parser.nextToken() != JsonToken.END_ARRAY; index++) {
            require(parser.currentToken() == JsonToken.START_OBJECT);
            int start = JacksonTrace.at(parser);
            Draft draft = new Draft(latest);
            Event.Data data = draft.data(members(draft));
            if (draft.flawless()) {
                events.add(draft.event(data, text.slice(start, JacksonTrace.at(parser) + 1)));
            } else {
                draft.tell(index, flaws);
            }
        }
        require(parser.nextToken() == null);
        return new Submission(events, flaws);
    }

    /// The text of `data`; null where there is none.
    private Bytes members(Draft draft) {
        Bytes data = null;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            Attribute attribute = Attribute.named(name);
            require(draft.first(attribute, name));
            JsonToken token = parser.nextToken();
            if (attribute == Attribute.DATA) {
                data = value();
            } else if (token == JsonToken.VALUE_STRING) {
                draft.text(attribute, name, parser.getString());
            } else if (token.isBoolean() || token == JsonToken.VALUE_NUMBER_INT && fitsInt()) {
                draft.scalar(attribute, name);
            } else if (token != JsonToken.VALUE_NULL) {
                value();
                draft.unfit(attribute, name);
            }
        }
        return data;
    }

    private boolean fitsInt() {
        return parser.getNumberType() == JsonParser.NumberType.INT;
    }

    private Bytes value() {
        int from = JacksonTrace.at(parser);
        if (parser.currentToken().isScalarValue()) {
            parser.getString();
            return text.slice(from, (int) parser.currentLocation().getByteOffset());
        }
        parser.skipChildren();
        return text.slice(from, JacksonTrace.at(parser) + 1);
    }

    private static void require(boolean met) {
        if (!met) {
            throw Stopped.malformed("the oracle refuses");
        }
    }
}
