package dev.tidings.server.subscriptions;

import dev.tidings.broker.subscriptions.Subscription;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Excerpt;
import dev.tidings.model.Refusal;
import dev.tidings.server.http.Answer.Header;
import io.vertx.core.http.HttpHeaders;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The versions of subscriptions as entity tags (RFC 9110, 8.8.3 and 13.1.1).
final class ETags {
    private static final Pattern VERSION = Pattern.compile("\"(\\d{1,18})\"");

    private ETags() {}

    static Header of(Subscription subscription) {
        return new Header(HttpHeaders.ETAG, "\"" + subscription.version() + "\"");
    }

    /// A version that is expected; none; or what is wrong.
    sealed interface Match {
        /// @param version null: any
        record Expected(@Nullable Long version) implements Match {}

        record Refused(Refusal refusal) implements Match {}
    }

    static Match match(@Nullable String header) {
        if (header == null || header.strip().equals("*")) {
            return new Match.Expected(null);
        }
        Matcher version = VERSION.matcher(header.strip());
        return version.matches()
                ? new Match.Expected(Long.valueOf(version.group(1)))
                : new Match.Refused(Refusal.of(
                        ErrorCode.MALFORMED_REQUEST,
                        "expected If-Match with one version, as \"3\"; found " + Excerpt.of(header)));
    }
}
