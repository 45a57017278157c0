package dev.tidings.node;

import dev.tidings.broker.Broker;
import dev.tidings.callback.CallbackGuard;
import dev.tidings.callback.Callbacks;
import dev.tidings.callback.delivery.DeliveryObserver;
import dev.tidings.callback.sink.AllowList;
import dev.tidings.callback.sink.Guard;
import dev.tidings.server.metrics.CallbackFigures;
import dev.tidings.server.metrics.Metrics;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Locale;

/// Delivery to HTTP sinks, as a node does it.
final class Calling {
    private static final String NAME = "tidings";

    private Calling() {}

    /// Where requests may go. Whoever reaches an insecure server is on this machine: its sinks may be, too.
    static CallbackGuard guard(NodeConfig config) {
        AllowList allowed = AllowList.of(config.callbacks().allow());
        Guard.Plain plain =
                config.brokerConfig().subscriptions().plainHttp() ? Guard.Plain.ALLOWED : Guard.Plain.REFUSED;
        return new CallbackGuard(new Guard(config.insecure() ? allowed.or(AllowList.LOOPBACK) : allowed, plain));
    }

    static Callbacks open(NodeConfig config, Broker broker, Metrics metrics, Surroundings around) {
        return Callbacks.open(
                config.callbacks(),
                new Callbacks.Parts(
                        broker.subscriptions(),
                        broker.consuming().own(),
                        guard(config).guard(),
                        sender(config),
                        new Observer(new CallbackFigures(metrics)),
                        around.clock(),
                        around.nanos(),
                        new SecureRandom()));
    }

    private static Callbacks.Sender sender(NodeConfig config) {
        URI address = config.server().publicAddress();
        String host = address == null ? null : address.getHost();
        return new Callbacks.Sender(host == null ? NAME : host, "Tidings/" + ProductVersion.current());
    }

    private record Observer(CallbackFigures figures) implements DeliveryObserver {
        @Override
        public void requested(Result result, int events, long nanos) {
            figures.requested(result.name().toLowerCase(Locale.ROOT), events, nanos);
        }

        @Override
        public void gaveUp() {
            figures.gaveUp();
        }

        @Override
        public void breaker(boolean open) {
            figures.breaker(open);
        }
    }
}
