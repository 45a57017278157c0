package dev.tidings.server.subscriptions;

import dev.tidings.broker.subscriptions.Subscription;
import dev.tidings.model.ClientName;
import dev.tidings.model.Refusal;
import dev.tidings.server.http.Answer;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.Route;
import java.util.function.Consumer;

/// Tells what a subscription is.
record ShowSubscriptionRoute(SubscriptionParts parts) implements Route {
    @Override
    public void handle(Exchange exchange) {
        find(
                parts,
                exchange,
                subscription ->
                        exchange.answer(Answer.json(200, SubscriptionJson.one(parts.store(), subscription, null))
                                .with(ETags.of(subscription))));
    }

    /// Goes on with the subscription that the path names, where it is the caller's; or refuses.
    static void find(SubscriptionParts parts, Exchange exchange, Consumer<Subscription> next) {
        ClientName client = exchange.caller().client();
        String id = exchange.pathParameters().getFirst();
        Refusal objection = parts.store().objection(client);
        if (objection != null) {
            exchange.refuse(objection);
            return;
        }
        parts.store()
                .find(client, id)
                .ifPresentOrElse(next, () -> exchange.refuse(parts.store().absent(id)));
    }
}
