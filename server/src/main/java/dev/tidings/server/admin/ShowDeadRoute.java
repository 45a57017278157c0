package dev.tidings.server.admin;

import dev.tidings.broker.dead.DeadEvent;
import dev.tidings.broker.dead.DeadEvents;
import dev.tidings.broker.dead.DeadId;
import dev.tidings.server.http.Answer;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.Route;
import java.util.Optional;

/// All that is known of one dead event.
record ShowDeadRoute(DeadEvents dead) implements Route {
    @Override
    public void handle(Exchange exchange) {
        DeadQuery.id(exchange).ifPresent(id -> exchange.go(dead.find(id), found -> answer(exchange, id, found)));
    }

    private static void answer(Exchange exchange, DeadId id, Optional<DeadEvent> found) {
        found.ifPresentOrElse(
                event -> exchange.answer(Answer.json(200, DeadJson.whole(event))),
                () -> exchange.refuse(DeadQuery.notFound(id.toString())));
    }
}
