package dev.tidings.dist;

import dev.tidings.engine.segmented.verify.Findings;
import java.util.Locale;

/// How much of something there is, for people.
final class Amounts {
    private static final long MIB = 1 << 20;

    private Amounts() {}

    static String of(Findings.Content content) {
        return "%s, %s, %s, %s MiB in segments"
                .formatted(
                        number(content.streams(), "stream"),
                        number(content.segments(), "segment"),
                        number(content.events(), "event"),
                        grouped((content.bytes() + MIB - 1) / MIB));
    }

    static String number(long count, String what) {
        return grouped(count) + " " + what + (count == 1 ? "" : "s");
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
