package dev.tidings.model;

/// The ordering domain of events. Streams whose name begins with `~` are the broker's own (lanes): no event type
/// can lead to one, since a type never begins with `~`.
public record StreamName(String value) implements Comparable<StreamName> {
    public static final char INTERNAL_MARK = '~';
    public static final int MAX_LENGTH = 255;

    public StreamName {
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a stream's name has 1 to 255 characters, this one " + value.length());
        }
    }

    public boolean internal() {
        return value.charAt(0) == INTERNAL_MARK;
    }

    @Override
    public int compareTo(StreamName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
