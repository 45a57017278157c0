package dev.tidings.callback.sink;

import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a sink said when it was asked whether it wants to be called (CloudEvents HTTP 1.1 Web Hooks, 4.2). Pure.
public sealed interface Permission {
    /// It does.
    ///
    /// @param perMinute the most requests a minute; null: any
    record Granted(@Nullable Integer perMinute) implements Permission {}

    /// It does not, or did not say so.
    record Denied(@Nullable Integer status, String reason) implements Permission {}

    /// It is not there any more.
    record Gone(String reason) implements Permission {}

    /// @param origin by what name it was asked
    static Permission of(Outcome outcome, String origin) {
        return switch (outcome) {
            case Outcome.Failed(var _, String detail) -> new Denied(null, detail);
            case Outcome.Answered(Answer answer) -> of(answer, origin);
        };
    }

    private static Permission of(Answer answer, String origin) {
        int status = answer.status();
        if (status == 410) {
            return new Gone(answer.told());
        }
        String allowed = answer.allowedOrigin();
        if (allowed == null) {
            return new Denied(
                    status,
                    "answered the request for permission (OPTIONS) with " + status
                            + " and without WebHook-Allowed-Origin; it has to name '" + origin + "' or '*' there");
        }
        if (!allowed.strip().equals("*") && !allowed.strip().equalsIgnoreCase(origin)) {
            return new Denied(status, "allows another origin than '" + origin + "' in WebHook-Allowed-Origin");
        }
        String rate = answer.allowedRate();
        if (rate == null || rate.strip().equals("*")) {
            return new Granted(null);
        }
        OptionalInt perMinute = Rate.parse(rate.strip());
        return perMinute.isPresent()
                ? new Granted(perMinute.getAsInt())
                : new Denied(status, "sent a WebHook-Allowed-Rate that is neither '*' nor a whole number above 0");
    }

    /// Requests a minute.
    final class Rate {
        private static final Pattern NUMBER = Pattern.compile("0*[1-9][0-9]*");
        private static final int DIGITS = 9;

        private Rate() {}

        /// A rate above a billion is none that anybody keeps: it counts as a billion.
        static OptionalInt parse(String text) {
            if (text.length() > 100 || !NUMBER.matcher(text).matches()) {
                return OptionalInt.empty();
            }
            String digits = text.replaceFirst("^0+", "");
            return OptionalInt.of(digits.length() > DIGITS ? 1_000_000_000 : Integer.parseInt(digits));
        }
    }
}
