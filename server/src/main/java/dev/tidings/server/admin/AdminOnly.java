package dev.tidings.server.admin;

import dev.tidings.broker.catalog.Catalogs;
import dev.tidings.broker.catalog.ClientEntry;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.Route;

/// Lets only administrators through to a route.
public record AdminOnly(Catalogs catalogs, Route route) implements Route {
    @Override
    public void handle(Exchange exchange) {
        ClientEntry client = catalogs.current().client(exchange.caller().client());
        if (client != null && client.admin()) {
            route.handle(exchange);
        } else {
            exchange.refuse(Refusal.of(
                    ErrorCode.NOT_ALLOWED,
                    "'" + exchange.caller().client() + "' is no administrator; the catalog says who is, by 'admin:"
                            + " true'"));
        }
    }
}
