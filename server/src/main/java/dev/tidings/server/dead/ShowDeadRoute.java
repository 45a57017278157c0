package dev.tidings.server.dead;

import dev.tidings.broker.dead.DeadEvent;
import dev.tidings.broker.dead.DeadId;
import dev.tidings.server.http.Answer;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.Route;
import java.util.Optional;

/// All that is known of one dead event.
record ShowDeadRoute(DeadDesks desks) implements Route {
    @Override
    public void handle(Exchange exchange) {
        DeadQuery.id(exchange)
                .ifPresent(id -> exchange.go(desks.of(exchange).find(id), found -> answer(exchange, id, found)));
    }

    private static void answer(Exchange exchange, DeadId id, Optional<DeadEvent> found) {
        found.ifPresentOrElse(
                event -> exchange.answer(Answer.json(200, DeadJson.whole(event))),
                () -> exchange.refuse(DeadQuery.notFound(id.toString())));
    }
}
