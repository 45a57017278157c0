package dev.tidings.server.payloads;

import dev.tidings.broker.catalog.Catalogs;
import dev.tidings.broker.payloads.Payloads;
import dev.tidings.server.http.Route;
import java.util.concurrent.Executor;

/// What clients do with large payloads.
public record PayloadRoutes(Route store, Route begin, Route show, Route proceed, Route cancel, Route fetch) {
    /// @param threads one for each payload that is on its way
    public static PayloadRoutes of(Catalogs catalogs, Payloads payloads, PayloadAddresses addresses, Executor threads) {
        Pump pump = new Pump(payloads, threads);
        Told told = new Told(payloads, addresses);
        UploadRoutes uploads = new UploadRoutes(pump, told);
        return new PayloadRoutes(
                new StoreRoute(catalogs, pump, told),
                new BeginRoute(catalogs, pump, told),
                uploads::show,
                uploads::proceed,
                uploads::cancel,
                new FetchRoute(catalogs, pump));
    }
}
