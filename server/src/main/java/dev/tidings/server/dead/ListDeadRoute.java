package dev.tidings.server.dead;

import dev.tidings.broker.dead.DeadFilter;
import dev.tidings.broker.dead.DeadId;
import dev.tidings.model.Refusal;
import dev.tidings.server.http.Answer;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.Route;

/// A page of dead events, without their payloads.
record ListDeadRoute(DeadDesks desks) implements Route {
    @Override
    public void handle(Exchange exchange) {
        DeadQuery query = new DeadQuery(exchange);
        DeadFilter filter = query.filter();
        DeadId after = query.after();
        int limit = query.listed();
        Refusal refusal = query.refusal();
        if (refusal != null) {
            exchange.refuse(refusal);
        } else {
            exchange.answerWhen(
                    desks.of(exchange).list(filter, after, limit), page -> Answer.json(200, DeadJson.page(page)));
        }
    }
}
