package dev.tidings.server.tools;

import dev.tidings.broker.catalog.Catalog;
import dev.tidings.broker.catalog.Catalogs;
import dev.tidings.broker.catalog.ClientEntry;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import dev.tidings.server.http.Answer;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.Route;
import dev.tidings.server.metrics.Insight;

/// Tells the caller what the catalog says of it, and what holds its groups back.
public final class MySettingsRoute implements Route {
    private final Catalogs catalogs;
    private final Insight.Pressure pressure;

    public MySettingsRoute(Catalogs catalogs, Insight.Pressure pressure) {
        this.catalogs = catalogs;
        this.pressure = pressure;
    }

    @Override
    public void handle(Exchange exchange) {
        Catalog catalog = catalogs.current();
        ClientEntry client = catalog.client(exchange.caller().client());
        if (client == null) {
            exchange.refuse(Refusal.of(
                    ErrorCode.NOT_ALLOWED,
                    "the catalog has no client '" + exchange.caller().client() + "'; register it there"));
        } else {
            exchange.answerWhen(
                    pressure.throttled().apply(client.name()),
                    throttled -> Answer.json(200, SettingsJson.write(client, catalog, throttled)));
        }
    }
}
