package dev.tidings.server.subscriptions;

import dev.tidings.broker.subscriptions.Subscription;
import dev.tidings.model.ClientName;
import dev.tidings.model.Refusal;
import dev.tidings.server.http.Answer;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.Operation;
import dev.tidings.server.http.Query;
import dev.tidings.server.http.Route;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of the caller's subscriptions, the oldest first. A header leads to the next page.
record ListSubscriptionsRoute(SubscriptionParts parts) implements Route {
    private static final Query.Range LIMIT = new Query.Range(1, 1_000);
    private static final int USUAL = 100;

    @Override
    public void handle(Exchange exchange) {
        Query query = exchange.query();
        int limit = (int) query.number("limit", USUAL, LIMIT);
        String after = query.text("after");
        Refusal wrong = query.refusal();
        ClientName client = exchange.caller().client();
        Refusal refusal = wrong == null ? parts.store().objection(client) : wrong;
        if (refusal != null) {
            exchange.refuse(refusal);
            return;
        }
        List<Subscription> rest = behind(parts.store().of(client), after);
        List<Subscription> page = rest.subList(0, Math.min(limit, rest.size()));
        Answer answer = Answer.json(200, SubscriptionJson.many(parts.store(), page));
        exchange.answer(
                page.size() == rest.size()
                        ? answer
                        : answer.with(new Answer.Header(
                                "Link",
                                "<%s?after=%s&limit=%d>; rel=\"next\""
                                        .formatted(
                                                Operation.SUBSCRIPTIONS,
                                                page.getLast().id(),
                                                limit))));
    }

    /// Those behind this one; all where there is none such.
    private static List<Subscription> behind(List<Subscription> all, @Nullable String after) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).id().equals(after)) {
                return all.subList(i + 1, all.size());
            }
        }
        return all;
    }
}
