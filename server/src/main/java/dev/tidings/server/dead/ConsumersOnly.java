package dev.tidings.server.dead;

import dev.tidings.broker.catalog.Catalogs;
import dev.tidings.broker.catalog.ClientEntry;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.Route;

/// Lets only consumers through to a route.
record ConsumersOnly(Catalogs catalogs, Route route) implements Route {
    @Override
    public void handle(Exchange exchange) {
        ClientEntry client = catalogs.current().client(exchange.caller().client());
        if (client != null && client.consumes() != null) {
            route.handle(exchange);
        } else {
            exchange.refuse(Refusal.of(
                    ErrorCode.NOT_ALLOWED,
                    "'%s' is no consumer, and has no dead events; the catalog has to name it with 'consumes'"
                            .formatted(exchange.caller().client())));
        }
    }
}
