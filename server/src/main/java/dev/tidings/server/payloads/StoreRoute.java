package dev.tidings.server.payloads;

import dev.tidings.broker.catalog.Catalogs;
import dev.tidings.broker.payloads.Begun;
import dev.tidings.broker.payloads.Offer;
import dev.tidings.broker.payloads.Received;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.Route;
import io.vertx.core.http.HttpHeaders;
import java.io.IOException;

/// Stores a payload that comes as one body.
record StoreRoute(Catalogs catalogs, Pump pump, Told told) implements Route {
    @Override
    public void handle(Exchange exchange) {
        Long length = Offering.number(exchange, HttpHeaders.CONTENT_LENGTH);
        if (length != null && length < 0) {
            exchange.refuse(Refusal.of(ErrorCode.MALFORMED_REQUEST, "Content-Length is a whole number"));
            return;
        }
        // RFC 9110, section 14.5: a part would pass for the whole.
        if (exchange.header(HttpHeaders.CONTENT_RANGE) != null) {
            exchange.refuse(Refusal.of(
                    ErrorCode.MALFORMED_REQUEST,
                    "PUT takes a whole payload: begin an upload with POST, and send its parts with PATCH"));
            return;
        }
        switch (Offering.of(exchange, length)) {
            case Offering.Refused(Refusal refusal) -> exchange.refuse(refusal);
            case Offering.Said(Offer offer) -> pump.transfer(exchange, () -> store(exchange, offer));
        }
    }

    private void store(Exchange exchange, Offer offer) throws IOException, InterruptedException {
        switch (pump.payloads().receive(catalogs.current(), offer)) {
            case Begun.Refused refused -> Pump.refuse(exchange, refused);
            case Begun.Receive(var receiving) ->
                pump.receive(exchange, receiving, received -> answer(exchange, received));
            case Begun.Waiting _ -> throw new IllegalStateException("one body is no upload");
        }
    }

    private void answer(Exchange exchange, Received received) {
        switch (received) {
            case Received.Complete(var payload) -> exchange.answer(told.stored(payload));
            case Received.Refused(var refusal) -> exchange.refuse(refusal);
            case Received.Partial _ -> throw new IllegalStateException("one body is no part");
        }
    }
}
