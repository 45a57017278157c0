package dev.tidings.broker.dead;

import dev.tidings.model.ClientName;
import java.util.Optional;

/// Names a dead event: the client whose lane it is in, and its position there. Written `clinic~41`; to others than
/// the broker it is opaque.
public record DeadId(ClientName client, long position) implements Comparable<DeadId> {
    private static final char MARK = '~';
    private static final int MAX_DIGITS = 18;

    /// The id that `text` spells, or nothing where it spells none.
    public static Optional<DeadId> parse(String text) {
        int mark = text.indexOf(MARK);
        if (mark < 0 || !isNumber(text, mark + 1)) {
            return Optional.empty();
        }
        long position = Long.parseLong(text, mark + 1, text.length(), 10);
        return ClientName.parse(text.substring(0, mark)).map(client -> new DeadId(client, position));
    }

    private static boolean isNumber(String text, int from) {
        int digits = text.length() - from;
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return digits > 0 && digits <= MAX_DIGITS;
    }

    @Override
    public int compareTo(DeadId other) {
        int byClient = client.compareTo(other.client);
        return byClient != 0 ? byClient : Long.compare(position, other.position);
    }

    @Override
    public String toString() {
        return client.value() + MARK + position;
    }
}
