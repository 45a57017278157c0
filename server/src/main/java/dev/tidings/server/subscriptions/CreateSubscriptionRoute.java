package dev.tidings.server.subscriptions;

import dev.tidings.broker.subscriptions.Subscription;
import dev.tidings.broker.subscriptions.SubscriptionOutcome;
import dev.tidings.model.Refusal;
import dev.tidings.server.http.Answer;
import dev.tidings.server.http.Answer.Header;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.Operation;
import dev.tidings.server.http.Route;
import io.vertx.core.http.HttpHeaders;
import java.util.function.Supplier;

/// Creates the subscription in the body, and tells its address.
///
/// @param address where clients reach the server: never what a request says
record CreateSubscriptionRoute(SubscriptionParts parts, Supplier<String> address) implements Route {
    @Override
    public void handle(Exchange exchange) {
        exchange.go(parts.store().create(exchange.caller().client(), exchange.body()), outcome -> {
            switch (outcome) {
                case SubscriptionOutcome.Refused(Refusal refusal) -> exchange.refuse(refusal);
                case SubscriptionOutcome.Done(Subscription subscription, var signing) ->
                    exchange.answer(Answer.json(201, SubscriptionJson.one(parts.store(), subscription, signing))
                            .with(ETags.of(subscription), location(subscription)));
            }
        });
    }

    private Header location(Subscription subscription) {
        return new Header(HttpHeaders.LOCATION, address.get() + Operation.SUBSCRIPTIONS + "/" + subscription.id());
    }
}
