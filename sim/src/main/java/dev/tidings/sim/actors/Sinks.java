package dev.tidings.sim.actors;

import dev.tidings.broker.subscriptions.Subscription;
import dev.tidings.callback.sink.SinkChannel;
import dev.tidings.sim.node.Node;
import dev.tidings.sim.node.SinkNetwork;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// The sinks of a world, by the hosts in their addresses.
final class Sinks implements SinkNetwork {
    private final Map<String, Site> sites = new HashMap<>();

    void add(String host, Site site) {
        sites.put(host, site);
    }

    @Override
    public SinkChannel channel(Node from, Subscription to) {
        return Objects.requireNonNull(sites.get(to.sink().uri().getHost())).channel(from, to);
    }
}
