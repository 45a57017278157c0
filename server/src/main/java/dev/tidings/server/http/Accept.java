package dev.tidings.server.http;

import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Content negotiation (RFC 9110, section 12.5.1), as far as a server needs it that has one representation of each
/// thing: whether the client takes that one. A client that takes `application/json` takes all that is JSON.
final class Accept {
    private Accept() {}

    /// What the operation answers with when all goes well; null where that is nothing, or what a producer sent.
    static @Nullable String answerOf(Operation operation) {
        return switch (operation) {
            case PRODUCE_RAW,
                    PRODUCE_EVENT,
                    PRODUCE_EVENTS,
                    PRODUCE_ANY,
                    PRODUCE_TEST_EVENT,
                    MY_SETTINGS,
                    APPLY_CATALOG,
                    CATALOG_HISTORY,
                    BEGIN_BACKUP,
                    LIST_BACKUPS,
                    SHOW_BACKUP,
                    LIST_DEAD,
                    SHOW_DEAD,
                    RESUBMIT_MANY_DEAD,
                    DISCARD_MANY_DEAD -> "application/json";
            case POLL_EVENT -> ContentTypes.EVENT;
            case POLL_EVENTS -> ContentTypes.BATCH;
            case METRICS -> "text/plain";
            case READ_CATALOG, OPENAPI -> "application/yaml";
            case CONSUME_WEBSOCKET,
                    OPEN_INSTANCE,
                    POLL_RAW,
                    CONFIRM,
                    REPORT_DEAD,
                    RESUBMIT_DEAD,
                    DISCARD_DEAD,
                    CLOSE_INSTANCE,
                    LIVE,
                    READY -> null;
        };
    }

    static boolean takes(@Nullable String accept, String type) {
        if (accept == null || accept.equals("*/*") || accept.isBlank()) {
            return true;
        }
        for (String range : accept.split(",", -1)) {
            if (matches(ContentTypes.essence(range), type) && !refused(range)) {
                return true;
            }
        }
        return false;
    }

    static Refusal refusal(String type) {
        return Refusal.of(
                ErrorCode.NOT_ACCEPTABLE,
                "this answers with " + type + ", which the Accept header excludes; leave it out, or allow */*");
    }

    private static boolean matches(String range, String type) {
        if (range.equals("*/*") || range.equals(type)) {
            return true;
        }
        if (range.endsWith("/*")) {
            return type.startsWith(range.substring(0, range.length() - 1));
        }
        return range.equals("application/json") && type.endsWith("+json");
    }

    /// Whether the range has a quality of zero.
    private static boolean refused(String range) {
        int quality = range.toLowerCase(Locale.ROOT).replace(" ", "").indexOf(";q=0");
        if (quality < 0) {
            return false;
        }
        String rest = range.toLowerCase(Locale.ROOT).replace(" ", "").substring(quality + 4);
        return rest.chars().takeWhile(c -> c != ';').allMatch(c -> c == '.' || c == '0');
    }
}
