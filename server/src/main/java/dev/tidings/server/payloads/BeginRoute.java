package dev.tidings.server.payloads;

import dev.tidings.broker.catalog.Catalogs;
import dev.tidings.broker.payloads.Begun;
import dev.tidings.broker.payloads.Offer;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.Route;
import java.io.IOException;

/// Begins an upload, to which the payload may be sent in parts.
record BeginRoute(Catalogs catalogs, Pump pump, Told told) implements Route {
    @Override
    public void handle(Exchange exchange) {
        Long length = Offering.number(exchange, Told.LENGTH);
        if (length == null || length < 0) {
            exchange.refuse(Refusal.of(
                    ErrorCode.MALFORMED_REQUEST,
                    "an upload begins with the header Upload-Length: how many bytes the payload has"));
            return;
        }
        switch (Offering.of(exchange, length)) {
            case Offering.Refused(Refusal refusal) -> exchange.refuse(refusal);
            case Offering.Said(Offer offer) -> pump.work(exchange, () -> begin(exchange, offer));
        }
    }

    private void begin(Exchange exchange, Offer offer) throws IOException {
        switch (pump.payloads().begin(catalogs.current(), offer)) {
            case Begun.Refused refused -> Pump.refuse(exchange, refused);
            case Begun.Waiting(var upload) -> exchange.answer(told.upload(201, upload));
            case Begun.Receive _ -> throw new IllegalStateException("nothing comes yet");
        }
    }
}
