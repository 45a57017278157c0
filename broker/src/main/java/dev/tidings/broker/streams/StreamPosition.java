package dev.tidings.broker.streams;

import dev.tidings.model.KeyHash;
import dev.tidings.model.StreamName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A place between two events of a stream: for each of its partitions, in the order of their numbers, the position
/// of the event to read next. Clients see it as a text that tells them nothing, in which a hash of the stream's name
/// keeps one stream's positions from being taken for another's. Of a stream with one partition, as the embedded
/// engine has them, texts are ordered as the positions are. They stay what they are over restarts, and begin with
/// the version of their form.
///
/// @param next by partition number
public record StreamPosition(List<Long> next) {
    private static final char VERSION = '1';
    private static final int HASH_BITS = 35;
    private static final int HASH_DIGITS = HASH_BITS / Digits.BITS;
    /// Thirteen digits hold 65 bits.
    private static final int POSITION_DIGITS = 13;

    public StreamPosition {
        next = List.copyOf(next);
    }

    /// The text that stands for it.
    public String text(StreamName stream) {
        StringBuilder text = new StringBuilder(1 + HASH_DIGITS + next.size() * POSITION_DIGITS).append(VERSION);
        Digits.append(text, hash(stream), HASH_DIGITS);
        for (long position : next) {
            Digits.append(text, position, POSITION_DIGITS);
        }
        return text.toString();
    }

    /// The position of a stream with so many partitions that the text stands for; nothing where it stands for none.
    public static Optional<StreamPosition> parse(StreamName stream, int partitions, String text) {
        int start = 1 + HASH_DIGITS;
        if (text.length() != start + partitions * POSITION_DIGITS
                || text.charAt(0) != VERSION
                || Digits.read(text, 1, HASH_DIGITS) != hash(stream)) {
            return Optional.empty();
        }
        List<Long> next = new ArrayList<>(partitions);
        for (int at = start; at < text.length(); at += POSITION_DIGITS) {
            long position = Digits.read(text, at, POSITION_DIGITS);
            if (position < 0) {
                return Optional.empty();
            }
            next.add(position);
        }
        return Optional.of(new StreamPosition(next));
    }

    private static long hash(StreamName stream) {
        return KeyHash.of(stream.value()) >>> (Long.SIZE - HASH_BITS);
    }

    /// Digits to the base 32, which sort as numbers do (RFC 4648, section 7, in lower case).
    private static final class Digits {
        static final int BITS = 5;
        private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuv";

        private Digits() {}

        static void append(StringBuilder text, long number, int digits) {
            for (int i = digits - 1; i >= 0; i--) {
                int shift = i * BITS;
                text.append(ALPHABET.charAt((int) (number >>> shift) & ALPHABET.length() - 1));
            }
        }

        /// -1 where they are none, or too many.
        static long read(String text, int from, int digits) {
            long number = 0;
            for (int at = from; at < from + digits; at++) {
                int digit = ALPHABET.indexOf(text.charAt(at));
                if (digit < 0 || number > Long.MAX_VALUE >>> BITS) {
                    return -1;
                }
                number = number << BITS | digit;
            }
            return number;
        }
    }
}
