package dev.tidings.server.polling;

import dev.tidings.broker.consuming.Instance;
import dev.tidings.model.Refusal;
import dev.tidings.server.http.Answer;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.Query;
import dev.tidings.server.http.Route;

/// Confirms up to an offset, or all that was read so far.
final class ConfirmRoute implements Route {
    private static final long NONE = -1;
    /// One less than [Instance#ALL], which is no offset.
    private static final Query.Range OFFSETS = new Query.Range(1, Instance.ALL - 1);

    private final InstanceRoute instances;

    ConfirmRoute(InstanceRoute instances) {
        this.instances = instances;
    }

    @Override
    public void handle(Exchange exchange) {
        Query query = exchange.query();
        long offset = query.number("offset", NONE, OFFSETS);
        Refusal refusal = query.refusal();
        if (refusal != null) {
            exchange.refuse(refusal);
            return;
        }
        instances.call(exchange, call -> {
            PolledInstance instance = call.instance();
            call.settle(offset == NONE ? instance.confirmRead() : instance.confirm(offset), Answer.NO_CONTENT);
        });
    }
}
