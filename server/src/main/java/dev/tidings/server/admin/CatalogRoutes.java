package dev.tidings.server.admin;

import dev.tidings.broker.catalog.CatalogStore;
import dev.tidings.broker.catalog.Catalogs;
import dev.tidings.server.http.Answer;
import dev.tidings.server.http.Route;

/// What administrators do with the catalog.
public record CatalogRoutes(Route read, Route apply, Route history) {
    public static CatalogRoutes of(Catalogs catalogs, CatalogStore store) {
        Route history = exchange ->
                exchange.answerWhen(store.history(), versions -> Answer.json(200, CatalogJson.history(versions)));
        return new CatalogRoutes(
                new AdminOnly(catalogs, new ReadCatalogRoute(store)),
                new AdminOnly(catalogs, new ApplyCatalogRoute(store)),
                new AdminOnly(catalogs, history));
    }
}
