package dev.tidings.server.admin;

import dev.tidings.broker.catalog.Catalogs;
import dev.tidings.broker.dead.DeadEvents;
import dev.tidings.server.http.Route;
import dev.tidings.server.producing.EventInput;

/// What administrators do with dead events.
public record DeadRoutes(Route list, Route show, Route resubmit, Route resubmitMany, Route discard, Route discardMany) {
    public static DeadRoutes of(Catalogs catalogs, DeadEvents dead, EventInput input) {
        return new DeadRoutes(
                new AdminOnly(catalogs, new ListDeadRoute(dead)),
                new AdminOnly(catalogs, new ShowDeadRoute(dead)),
                new AdminOnly(catalogs, new ResubmitDeadRoute(dead, input)),
                new AdminOnly(catalogs, new ResubmitManyDeadRoute(dead)),
                new AdminOnly(catalogs, new DiscardDeadRoute(dead)),
                new AdminOnly(catalogs, new DiscardManyDeadRoute(dead)));
    }
}
