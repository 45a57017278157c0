package dev.tidings.server.dead;

import dev.tidings.broker.dead.DeadId;
import dev.tidings.broker.dead.Resubmission;
import dev.tidings.broker.dead.Resubmission.Content;
import dev.tidings.broker.dead.Resubmission.Target;
import dev.tidings.model.Refusal;
import dev.tidings.model.Submission;
import dev.tidings.server.http.ContentTypes;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.Route;
import dev.tidings.server.producing.EventInput;
import dev.tidings.wire.Decoded;

/// Sends one dead event again: the event in the body, which is the dead one edited, or, without a body, as it is.
record ResubmitDeadRoute(DeadDesks desks, EventInput input) implements Route {
    @Override
    public void handle(Exchange exchange) {
        DeadQuery query = new DeadQuery(exchange);
        Target target = query.target();
        Content content = query.content();
        Refusal refusal = query.refusal();
        if (refusal != null) {
            exchange.refuse(refusal);
        } else if (exchange.body().isEmpty()) {
            DeadQuery.id(exchange).ifPresent(id -> resubmit(exchange, id, new Resubmission(content, target)));
        } else if (exchange.contentType() == null) {
            exchange.refuse(ContentTypes.refusal(exchange.operation(), null));
        } else {
            DeadQuery.id(exchange).ifPresent(id -> edited(exchange, id, target));
        }
    }

    private void edited(Exchange exchange, DeadId id, Target target) {
        switch (input.events(exchange)) {
            case Decoded.Refused(Refusal refusal) -> exchange.refuse(refusal);
            case Decoded.Parsed(Submission submission) ->
                resubmit(exchange, id, new Resubmission(new Content.Edited(submission), target));
        }
    }

    private void resubmit(Exchange exchange, DeadId id, Resubmission resubmission) {
        exchange.go(
                desks.of(exchange).resubmit(id, resubmission), outcome -> DiscardDeadRoute.answer(exchange, outcome));
    }
}
