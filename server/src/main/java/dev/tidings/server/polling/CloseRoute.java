package dev.tidings.server.polling;

import dev.tidings.server.http.Answer;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.Route;

/// Ends an instance.
final class CloseRoute implements Route {
    private final InstanceRoute instances;
    private final PolledInstances polled;

    CloseRoute(InstanceRoute instances, PolledInstances polled) {
        this.instances = instances;
        this.polled = polled;
    }

    @Override
    public void handle(Exchange exchange) {
        instances.call(exchange, call -> exchange.answerWhen(polled.remove(call.name()), _ -> Answer.NO_CONTENT));
    }
}
