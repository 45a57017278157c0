package dev.tidings.server.dead;

import dev.tidings.broker.dead.DeadOutcome;
import dev.tidings.broker.dead.DeadOutcome.Done;
import dev.tidings.broker.dead.DeadOutcome.Refused;
import dev.tidings.model.Refusal;
import dev.tidings.server.http.Answer;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.Route;

/// Discards one dead event.
record DiscardDeadRoute(DeadDesks desks) implements Route {
    @Override
    public void handle(Exchange exchange) {
        DeadQuery.id(exchange)
                .ifPresent(id -> exchange.go(desks.of(exchange).discard(id), outcome -> answer(exchange, outcome)));
    }

    static void answer(Exchange exchange, DeadOutcome outcome) {
        switch (outcome) {
            case Done() -> exchange.answer(Answer.NO_CONTENT);
            case Refused(Refusal refusal) -> exchange.refuse(refusal);
        }
    }
}
