package dev.tidings.server.subscriptions;

import dev.tidings.broker.subscriptions.Subscription;
import dev.tidings.server.http.Answer;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.Route;

/// Tells how a subscription does.
record SubscriptionStatusRoute(SubscriptionParts parts) implements Route {
    @Override
    public void handle(Exchange exchange) {
        ShowSubscriptionRoute.find(parts, exchange, subscription -> tell(exchange, subscription));
    }

    private void tell(Exchange exchange, Subscription subscription) {
        var both = parts.groups()
                .status(subscription.group())
                .thenCombine(
                        parts.deliveries().of(subscription),
                        (group, deliveries) ->
                                SubscriptionJson.status(parts.store(), subscription, group.orElse(null), deliveries));
        exchange.answerWhen(both, json -> Answer.json(200, json));
    }
}
