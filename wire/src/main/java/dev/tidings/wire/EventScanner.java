package dev.tidings.wire;

import dev.tidings.model.Bytes;
import dev.tidings.model.Event;
import dev.tidings.model.Flaw;
import dev.tidings.model.Submission;
import dev.tidings.wire.json.JsonCursor;
import dev.tidings.wire.json.Token;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Cuts a body into events in one pass: an event is a slice of the body, and so is its data. Only an event with
/// a member that must not be stored (`offset`; `time` where it is null) is copied without it, and read again.
/// Speaks of what is no event in exceptions ([Stopped]). For one body.
final class EventScanner {
    private final StrictJson strict;
    private final Familiar familiar;
    private final CloudEvents.Limits limits;
    private final Instant latest;
    private final List<Event> events = new ArrayList<>();
    private final List<Flaw> flaws = new ArrayList<>(0);

    /// What outlives one body.
    record Kept(StrictJson strict, Familiar familiar) {}

    EventScanner(Kept kept, CloudEvents.Limits limits, Instant latest) {
        this.strict = kept.strict;
        this.familiar = kept.familiar;
        this.limits = limits;
        this.latest = latest;
    }

    Submission one(Bytes body) {
        return strict.read(body, cursor -> {
            requireObject(cursor, cursor.value(), 0);
            event(cursor, 0);
            cursor.finish();
            return new Submission(events, flaws);
        });
    }

    Submission many(Bytes body) {
        return strict.read(body, cursor -> {
            if (cursor.value() != Token.ARRAY) {
                throw StrictJson.unexpected(cursor, "expected a JSON array of events");
            }
            cursor.enter();
            int index = 0;
            for (Token token = cursor.element(); token != Token.END; token = cursor.element()) {
                requireObject(cursor, token, index);
                event(cursor, index++);
            }
            cursor.finish();
            return new Submission(events, flaws);
        });
    }

    private void requireObject(JsonCursor cursor, Token token, int index) {
        if (token != Token.OBJECT) {
            throw StrictJson.unexpected(cursor, "expected a JSON object as event " + index);
        }
        if (index >= limits.batch()) {
            throw Stopped.tooMany("a batch has at most " + limits.batch() + " events; send the rest in another");
        }
    }

    private void event(JsonCursor cursor, int index) {
        int start = cursor.at();
        Members members = new Members(cursor, familiar, new Draft(latest)).read();
        Bytes json = cursor.slice(start, cursor.end());
        Bytes kept = members.withoutDropped(json, start);
        requireFit(kept, index, members.draft());
        if (!members.draft().flawless()) {
            members.draft().tell(index, flaws);
        } else if (kept.length() == json.length()) {
            events.add(members.event(json));
        } else {
            events.add(again(kept));
        }
    }

    private Event again(Bytes json) {
        return strict.read(json, cursor -> {
            cursor.value();
            return new Members(cursor, familiar, new Draft(latest)).read().event(json);
        });
    }

    private void requireFit(Bytes json, int index, Draft draft) {
        CloudEvents.requireFit(json.length(), limits, index, draft.id());
    }
}
