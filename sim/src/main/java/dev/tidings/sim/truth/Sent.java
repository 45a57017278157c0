package dev.tidings.sim.truth;

import dev.tidings.model.Bytes;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;
import dev.tidings.model.StreamName;
import org.jspecify.annotations.Nullable;

/// An event that somebody sent, or wanted to.
public final class Sent {
    final String id;
    final EventType type;
    final @Nullable String key;
    final StreamName stream;
    final Bytes json;
    /// Whether it may be stored once only.
    final boolean once;
    /// Null: for everybody who may see its type.
    final @Nullable GroupName onlyFor;
    /// It may be in the log several times, so that nobody can tell which of them is delivered.
    boolean ambiguous;
    /// How often somebody tried to have it stored.
    int attempts;
    /// Since this step its sender knows that it is stored; [Long#MAX_VALUE]: it does not.
    long acknowledged = Long.MAX_VALUE;
    /// The step of the first attempt.
    long begun = Long.MAX_VALUE;

    /// Where an event goes, and how often.
    public record Way(
            StreamName stream, boolean once, @Nullable GroupName onlyFor) {}

    /// The event itself.
    public record Text(@Nullable String key, Bytes json) {}

    public Sent(String id, EventType type, Text text, Way way) {
        this.id = id;
        this.type = type;
        this.key = text.key;
        this.json = text.json;
        this.stream = way.stream;
        this.once = way.once;
        this.onlyFor = way.onlyFor;
    }

    public String id() {
        return id;
    }

    public EventType type() {
        return type;
    }

    public Bytes json() {
        return json;
    }

    /// It will be in the log more than once.
    public void isAmbiguous() {
        ambiguous = true;
    }

    /// The event as a consumer reports it who has changed it.
    public Bytes changed() {
        String text = json.toUtf8();
        return Bytes.utf8(text.substring(0, text.length() - 1) + ",\"note\":\"bad\"}");
    }

    /// Whether these bytes are this event; one that was resubmitted may be as it was reported.
    boolean mayRead(Bytes bytes) {
        return json.equals(bytes) || ambiguous && changed().equals(bytes);
    }

    boolean isAcknowledged() {
        return acknowledged != Long.MAX_VALUE;
    }

    /// The id in an event as this simulation writes it.
    static String idIn(Bytes json) {
        String text = json.toUtf8();
        int from = text.indexOf("\"id\":\"") + 6;
        return text.substring(from, text.indexOf('"', from));
    }

    @Override
    public String toString() {
        return id + (key == null ? "" : " of " + key) + " in " + stream;
    }
}
