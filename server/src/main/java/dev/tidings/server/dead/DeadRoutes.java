package dev.tidings.server.dead;

import dev.tidings.broker.catalog.Catalogs;
import dev.tidings.broker.dead.DeadEvents;
import dev.tidings.server.admin.AdminOnly;
import dev.tidings.server.http.Route;
import dev.tidings.server.producing.EventInput;

/// What is done with dead events: by administrators with all, by programs with those of their own client.
public record DeadRoutes(OfAll all, OfClient own) {
    public record OfAll(Route list, Route show, Route resubmit, Route resubmitMany, Route discard, Route discardMany) {}

    public record OfClient(Route list, Route show, Route resubmit, Route discard) {}

    public static DeadRoutes of(Catalogs catalogs, DeadEvents dead, EventInput input) {
        DeadDesks everybodys = _ -> dead;
        DeadDesks own = exchange -> dead.of(exchange.caller().client());
        return new DeadRoutes(
                new OfAll(
                        new AdminOnly(catalogs, new ListDeadRoute(everybodys)),
                        new AdminOnly(catalogs, new ShowDeadRoute(everybodys)),
                        new AdminOnly(catalogs, new ResubmitDeadRoute(everybodys, input)),
                        new AdminOnly(catalogs, new ResubmitManyDeadRoute(dead)),
                        new AdminOnly(catalogs, new DiscardDeadRoute(everybodys)),
                        new AdminOnly(catalogs, new DiscardManyDeadRoute(dead))),
                new OfClient(
                        new ConsumersOnly(catalogs, new ListDeadRoute(own)),
                        new ConsumersOnly(catalogs, new ShowDeadRoute(own)),
                        new ConsumersOnly(catalogs, new ResubmitDeadRoute(own, input)),
                        new ConsumersOnly(catalogs, new DiscardDeadRoute(own))));
    }
}
