package dev.tidings.server.admin;

import dev.tidings.broker.dead.DeadEvents;
import dev.tidings.broker.dead.DeadOutcome;
import dev.tidings.broker.dead.DeadOutcome.Done;
import dev.tidings.broker.dead.DeadOutcome.Refused;
import dev.tidings.model.Refusal;
import dev.tidings.server.http.Answer;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.Route;

/// Discards one dead event.
record DiscardDeadRoute(DeadEvents dead) implements Route {
    @Override
    public void handle(Exchange exchange) {
        DeadQuery.id(exchange).ifPresent(id -> exchange.go(dead.discard(id), outcome -> answer(exchange, outcome)));
    }

    static void answer(Exchange exchange, DeadOutcome outcome) {
        switch (outcome) {
            case Done() -> exchange.answer(Answer.NO_CONTENT);
            case Refused(Refusal refusal) -> exchange.refuse(refusal);
        }
    }
}
