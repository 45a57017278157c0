package dev.tidings.server.polling;

import dev.tidings.server.http.Route;
import dev.tidings.server.producing.EventInput;

/// The routes of long polling.
public record PollingRoutes(
        Route open, Route raw, Route event, Route events, Route confirm, Route release, Route dead, Route close) {
    public static PollingRoutes of(OpenRoute open, PolledInstances polled, PollingConfig config, Site site) {
        InstanceRoute instances = new InstanceRoute(polled, site.node);
        return new PollingRoutes(
                open,
                PollRoute.raw(instances, config),
                PollRoute.event(instances, config),
                PollRoute.events(instances, config),
                new ConfirmRoute(instances),
                new ReleaseRoute(instances),
                new DeadRoute(instances, site.input),
                new CloseRoute(instances, polled));
    }

    /// @param node this node's name
    public record Site(String node, EventInput input) {}
}
