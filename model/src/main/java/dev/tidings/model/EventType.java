package dev.tidings.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The `type` attribute of an event: dot-separated segments of letters, digits, `_` and `-`
/// (`AGE.MPass.User.Authenticated`, `com.example.order.placed`). At most 255 characters.
public record EventType(String value) implements Comparable<EventType> {
    public static final int MAX_LENGTH = 255;

    public EventType {
        if (!wellFormed(value)) {
            throw new IllegalArgumentException(
                    "an event type is dot-separated segments of letters, digits, '_' and '-', at most 255 characters: "
                            + Excerpt.of(value));
        }
    }

    /// The type that `value` spells, or nothing where it spells none.
    public static Optional<EventType> parse(String value) {
        return wellFormed(value) ? Optional.of(new EventType(value)) : Optional.empty();
    }

    public List<String> segments() {
        List<String> segments = new ArrayList<>();
        int start = 0;
        for (int dot = value.indexOf('.'); dot >= 0; dot = value.indexOf('.', start)) {
            segments.add(value.substring(start, dot));
            start = dot + 1;
        }
        segments.add(value.substring(start));
        return segments;
    }

    /// The stream that events of this type belong to: `Organization.System` of a type of four segments; otherwise
    /// all but the last two segments, or the whole type where nothing would remain.
    public StreamName stream() {
        int last = value.lastIndexOf('.');
        int secondLast = last < 0 ? -1 : value.lastIndexOf('.', last - 1);
        return new StreamName(secondLast < 0 ? value : value.substring(0, secondLast));
    }

    private static boolean wellFormed(String value) {
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            return false;
        }
        boolean segmentOpen = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '.' ? !segmentOpen : !inSegment(c)) {
                return false;
            }
            segmentOpen = c != '.';
        }
        return segmentOpen;
    }

    private static boolean inSegment(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-';
    }

    @Override
    public int compareTo(EventType other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
