package dev.tidings.server.dead;

import dev.tidings.broker.dead.DeadEvents;
import dev.tidings.broker.dead.DeadFilter;
import dev.tidings.broker.dead.DeadId;
import dev.tidings.broker.dead.Resubmission;
import dev.tidings.model.Refusal;
import dev.tidings.server.http.Answer;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.Route;

/// Sends the next of the dead events that a filter means again, as they are.
record ResubmitManyDeadRoute(DeadEvents dead) implements Route {
    @Override
    public void handle(Exchange exchange) {
        DeadQuery query = new DeadQuery(exchange);
        DeadFilter filter = query.deliberateFilter();
        DeadId after = query.after();
        int limit = query.settled();
        Resubmission resubmission = new Resubmission(query.content(), query.target());
        Refusal refusal = query.refusal();
        if (refusal != null) {
            exchange.refuse(refusal);
        } else {
            exchange.answerWhen(
                    dead.resubmitAll(filter, after, limit, resubmission),
                    many -> Answer.json(200, DeadJson.many("resubmitted", many)));
        }
    }
}
