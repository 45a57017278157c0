package dev.tidings.server.http;

import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Content negotiation (RFC 9110, section 12.5.1), as far as a server needs it: whether the client takes the
/// one representation that a thing has, or which of several it likes best. A client that takes `application/json`
/// takes all that is JSON.
public final class Accept {
    private static final Pattern WEIGHT = Pattern.compile("q=[01](\\.\\d{0,3})?");

    private Accept() {}

    /// Which of these the client likes best, the first of several; null where it takes none of them.
    public static @Nullable String best(@Nullable String accept, List<String> types) {
        String best = null;
        double most = 0;
        for (String type : types) {
            double quality = quality(accept, type);
            if (quality > most) {
                most = quality;
                best = type;
            }
        }
        return best;
    }

    /// 0 where the client does not take it. The most specific range that means a type decides.
    private static double quality(@Nullable String accept, String type) {
        if (accept == null || accept.isBlank()) {
            return 1;
        }
        double quality = 0;
        int closest = 0;
        for (String range : accept.split(",", -1)) {
            int closeness = closeness(ContentTypes.essence(range), type);
            if (closeness > closest) {
                closest = closeness;
                quality = weight(range);
            }
        }
        return quality;
    }

    private static int closeness(String range, String type) {
        if (range.equals(type)) {
            return 4;
        }
        if (!matches(range, type)) {
            return 0;
        }
        return range.equals("*/*") ? 1 : range.endsWith("/*") ? 2 : 3;
    }

    /// 1 where there is none, or none that is a number.
    private static double weight(String range) {
        for (String parameter : range.toLowerCase(Locale.ROOT).split(";", -1)) {
            String text = parameter.strip();
            if (text.startsWith("q=") && WEIGHT.matcher(text).matches()) {
                return Double.parseDouble(text.substring(2));
            }
        }
        return 1;
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

    public static Refusal refusal(String type) {
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
