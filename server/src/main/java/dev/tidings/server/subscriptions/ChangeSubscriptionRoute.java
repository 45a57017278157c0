package dev.tidings.server.subscriptions;

import dev.tidings.broker.subscriptions.Subscription;
import dev.tidings.broker.subscriptions.SubscriptionOutcome;
import dev.tidings.broker.subscriptions.SubscriptionStore.Target;
import dev.tidings.model.DurationText;
import dev.tidings.model.Refusal;
import dev.tidings.server.http.Answer;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.Query;
import dev.tidings.server.http.Route;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Does something to a subscription, of the version that `If-Match` names where it does, and answers with what there is
/// then.
record ChangeSubscriptionRoute(SubscriptionParts parts, Change change) implements Route {
    private static final int LONGEST = 500;
    private static final Duration LONGEST_OVERLAP = Duration.ofDays(30);

    /// What is done.
    @FunctionalInterface
    interface Change {
        CompletionStage<SubscriptionOutcome> of(Exchange exchange, Wish wish);
    }

    /// What is asked for besides.
    ///
    /// @param reason  why it is paused
    /// @param overlap for how long a signing secret is used beside the next
    record Wish(
            Target target,
            @Nullable String reason,
            @Nullable Duration overlap) {}

    @Override
    public void handle(Exchange exchange) {
        switch (ETags.match(exchange.header(HttpHeaders.IF_MATCH))) {
            case ETags.Match.Refused(Refusal refusal) -> exchange.refuse(refusal);
            case ETags.Match.Expected(Long version) -> change(exchange, version);
        }
    }

    private void change(Exchange exchange, @Nullable Long version) {
        Query query = exchange.query();
        Target target =
                new Target(exchange.caller().client(), exchange.pathParameters().getFirst(), version);
        Wish wish = new Wish(target, reason(query), overlap(query));
        Refusal wrong = query.refusal();
        if (wrong != null) {
            exchange.refuse(wrong);
            return;
        }
        exchange.go(change.of(exchange, wish), outcome -> {
            switch (outcome) {
                case SubscriptionOutcome.Refused(Refusal refusal) -> exchange.refuse(refusal);
                case SubscriptionOutcome.Done(Subscription subscription, var signing) ->
                    exchange.answer(Answer.json(200, SubscriptionJson.one(parts.store(), subscription, signing))
                            .with(ETags.of(subscription)));
            }
        });
    }

    private static @Nullable String reason(Query query) {
        String reason = query.text("reason");
        if (reason != null && (reason.isEmpty() || reason.length() > LONGEST)) {
            query.complain("reason", "1 to " + LONGEST + " characters");
        }
        return reason;
    }

    private static @Nullable Duration overlap(Query query) {
        String text = query.text("overlap");
        if (text == null) {
            return null;
        }
        Optional<Duration> overlap = DurationText.parse(text).filter(found -> found.compareTo(LONGEST_OVERLAP) <= 0);
        if (overlap.isEmpty()) {
            query.complain("overlap", DurationText.EXPECTED + ", at most " + DurationText.print(LONGEST_OVERLAP));
        }
        return overlap.orElse(null);
    }
}
