package dev.tidings.wire;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Date-times of RFC 3339. Reading takes any number of fraction digits, keeping nine, and a leap second, which
/// counts as the second behind it.
final class Rfc3339 {
    private static final int DAY_SECONDS = 86_400;
    private static final long DAY_MILLIS = 86_400_000L;

    private Rfc3339() {}

    /// The instant that the text spells, or null where it spells none.
    static @Nullable Instant parse(String text) {
        if (text.length() < 20 || !punctuated(text)) {
            return null;
        }
        int fractionEnd = digitsFrom(text, 20);
        boolean fraction = text.charAt(19) == '.';
        int zone = fraction ? fractionEnd : 19;
        int offset = fraction && fractionEnd == 20 ? Integer.MIN_VALUE : offsetSeconds(text, zone);
        int second = secondOfDay(text);
        int year = number(text, 0, 4);
        if (offset == Integer.MIN_VALUE || second < 0 || year < 0) {
            return null;
        }
        try {
            long day =
                    LocalDate.of(year, number(text, 5, 7), number(text, 8, 10)).toEpochDay();
            return Instant.ofEpochSecond(day * DAY_SECONDS + second - offset, fraction ? nanos(text, fractionEnd) : 0);
        } catch (DateTimeException noSuchDay) {
            return null;
        }
    }

    private static boolean punctuated(String text) {
        char between = text.charAt(10);
        return text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && (between == 'T' || between == 't')
                && text.charAt(13) == ':'
                && text.charAt(16) == ':';
    }

    /// -1 where it is no time of day.
    private static int secondOfDay(String text) {
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        boolean valid = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second <= 60;
        return valid ? hour * 3600 + minute * 60 + second : -1;
    }

    /// The least integer where it is no offset.
    private static int offsetSeconds(String text, int at) {
        int rest = text.length() - at;
        char first = rest > 0 ? text.charAt(at) : ' ';
        if (rest == 1 && (first == 'Z' || first == 'z')) {
            return 0;
        }
        if (rest != 6 || first != '+' && first != '-' || text.charAt(at + 3) != ':') {
            return Integer.MIN_VALUE;
        }
        int hour = number(text, at + 1, at + 3);
        int minute = number(text, at + 4, at + 6);
        boolean valid = hour >= 0 && hour < 24 && minute >= 0 && minute < 60;
        return valid ? (first == '-' ? -1 : 1) * (hour * 3600 + minute * 60) : Integer.MIN_VALUE;
    }

    private static int nanos(String text, int end) {
        int nanos = 0;
        for (int i = 20; i < 29; i++) {
            nanos = nanos * 10 + (i < end ? text.charAt(i) - '0' : 0);
        }
        return nanos;
    }

    private static int digitsFrom(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    /// -1 where it is not all digits.
    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /// `2026-01-31T23:59:59.123Z`.
    static byte[] format(long epochMillis) {
        byte[] text = "0000-00-00T00:00:00.000Z".getBytes(StandardCharsets.US_ASCII);
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(epochMillis, DAY_MILLIS));
        int millis = Math.floorMod(epochMillis, (int) DAY_MILLIS);
        digits(text, 4, date.getYear());
        digits(text, 7, date.getMonthValue());
        digits(text, 10, date.getDayOfMonth());
        digits(text, 13, millis / 3_600_000);
        digits(text, 16, millis / 60_000 % 60);
        digits(text, 19, millis / 1000 % 60);
        digits(text, 23, millis % 1000);
        return text;
    }

    /// Writes the number over the zeros that end here.
    private static void digits(byte[] text, int end, int number) {
        int rest = number;
        for (int i = end - 1; rest > 0 && i >= 0; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
