package dev.tidings.server.polling;

import dev.tidings.model.Refusal;
import dev.tidings.server.http.Answer;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.Query;
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
        Query query = exchange.query();
        boolean renounced = query.flag("renounce", false);
        Refusal refusal = query.refusal();
        if (refusal != null) {
            exchange.refuse(refusal);
            return;
        }
        instances.call(exchange, call -> {
            if (renounced) {
                call.instance().renounce();
            }
            exchange.answerWhen(polled.remove(call.name()), _ -> Answer.NO_CONTENT);
        });
    }
}
