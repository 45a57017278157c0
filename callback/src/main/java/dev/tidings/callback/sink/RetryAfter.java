package dev.tidings.callback.sink;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads `Retry-After` (RFC 9110, 10.2.3): seconds, or a date in one of the three forms of HTTP (5.6.7).
public final class RetryAfter {
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,18}");
    private static final int LONGEST = 40;
    private static final DateTimeFormatter FIXED = form("EEE, dd MMM yyyy HH:mm:ss 'GMT'");
    private static final DateTimeFormatter ASCTIME = form("EEE MMM ppd HH:mm:ss yyyy");

    private RetryAfter() {}

    /// How long from now; zero for a date that is past, nothing where the text is neither.
    public static Optional<Duration> parse(@Nullable String text, Instant now) {
        if (text == null || text.length() > LONGEST) {
            return Optional.empty();
        }
        String value = text.strip();
        if (SECONDS.matcher(value).matches()) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        return Stream.of(FIXED, rfc850(now), ASCTIME)
                .flatMap(form -> date(value, form).stream())
                .findFirst()
                .map(until -> until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO);
    }

    private static Optional<Instant> date(String value, DateTimeFormatter form) {
        try {
            return Optional.of(LocalDateTime.parse(value, form).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /// Its years have two digits: none is more than 50 years ahead.
    private static DateTimeFormatter rfc850(Instant now) {
        return new DateTimeFormatterBuilder()
                .appendPattern("EEEE, dd-MMM-")
                .appendValueReduced(
                        ChronoField.YEAR, 2, 2, now.atOffset(ZoneOffset.UTC).getYear() - 49)
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.ENGLISH);
    }

    private static DateTimeFormatter form(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    }
}
