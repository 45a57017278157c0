package dev.tidings.server.tools;

import dev.tidings.broker.publishing.Publishing;
import dev.tidings.model.Refusal;
import dev.tidings.model.Submission;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.Route;
import dev.tidings.server.producing.EventInput;
import dev.tidings.server.producing.ProduceRoute;
import dev.tidings.wire.Decoded;

/// Takes a test event for the caller's own instances.
public final class TestEventRoute implements Route {
    private final EventInput input;
    private final Publishing publishing;

    public TestEventRoute(EventInput input, Publishing publishing) {
        this.input = input;
        this.publishing = publishing;
    }

    @Override
    public void handle(Exchange exchange) {
        switch (input.events(exchange)) {
            case Decoded.Refused(Refusal refusal) -> exchange.refuse(refusal);
            case Decoded.Parsed(Submission submission) ->
                exchange.identify(() -> exchange.go(
                        publishing.publishTest(exchange.caller(), submission),
                        published -> ProduceRoute.answer(exchange, published)));
        }
    }
}
