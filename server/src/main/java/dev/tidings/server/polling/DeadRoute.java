package dev.tidings.server.polling;

import dev.tidings.model.Refusal;
import dev.tidings.model.ReportedEvent;
import dev.tidings.server.http.Answer;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.Route;
import dev.tidings.server.producing.EventInput;
import dev.tidings.wire.Reported;

/// Takes the report of a dead event.
final class DeadRoute implements Route {
    private static final Answer ACCEPTED = Answer.empty(202);

    private final InstanceRoute instances;
    private final EventInput input;

    DeadRoute(InstanceRoute instances, EventInput input) {
        this.instances = instances;
        this.input = input;
    }

    @Override
    public void handle(Exchange exchange) {
        switch (input.reported(exchange)) {
            case Reported.Refused(Refusal refusal) -> exchange.refuse(refusal);
            case Reported.Report(ReportedEvent event) ->
                exchange.identify(() -> instances.call(
                        exchange, call -> call.settle(call.instance().dead(event), ACCEPTED)));
        }
    }
}
