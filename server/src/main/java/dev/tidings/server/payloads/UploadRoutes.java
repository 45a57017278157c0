package dev.tidings.server.payloads;

import dev.tidings.broker.payloads.Begun;
import dev.tidings.broker.payloads.Payload;
import dev.tidings.broker.payloads.PayloadId;
import dev.tidings.broker.payloads.Payloads;
import dev.tidings.broker.payloads.Received;
import dev.tidings.broker.payloads.Upload;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import dev.tidings.server.http.Answer;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.payloads.Digests.Digest;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a client does with an upload of its own. For anybody else it does not exist.
record UploadRoutes(Pump pump, Told told) {
    /// Tells how far it is; once it is complete, what it became.
    void show(Exchange exchange) {
        PayloadId id = PayloadId.parse(exchange.pathParameters().getFirst());
        Upload upload = id == null ? null : payloads().upload(exchange.caller().client(), id);
        Payload payload = id == null ? null : payloads().own(exchange.caller().client(), id);
        if (upload != null) {
            exchange.answer(told.upload(200, upload));
        } else if (payload != null) {
            exchange.answer(told.finished(200, payload));
        } else {
            exchange.refuse(noUpload());
        }
    }

    /// Takes the next part.
    void proceed(Exchange exchange) {
        Upload upload = upload(exchange);
        Long offset = Offering.number(exchange, Told.OFFSET);
        if (upload == null) {
            exchange.refuse(noUpload());
        } else if (offset == null || offset < 0) {
            exchange.refuse(Refusal.of(
                    ErrorCode.MALFORMED_REQUEST,
                    "the header Upload-Offset says from which byte on the body continues; HEAD tells how far the"
                            + " upload is"));
        } else {
            switch (Offering.digest(exchange, "Content-Digest")) {
                case Digest.Refused(Refusal refusal) -> exchange.refuse(refusal);
                case Digest.Said(String sha256) ->
                    pump.transfer(exchange, () -> proceed(exchange, upload, new Next(offset, sha256)));
            }
        }
    }

    private record Next(long offset, @Nullable String sha256) {}

    private void proceed(Exchange exchange, Upload upload, Next next) throws IOException, InterruptedException {
        switch (payloads().proceed(upload, next.offset, next.sha256)) {
            case Begun.Refused refused -> Pump.refuse(exchange, refused);
            case Begun.Receive(var receiving) ->
                pump.receive(exchange, receiving, received -> answer(exchange, received));
            case Begun.Waiting _ -> throw new IllegalStateException("it has begun");
        }
    }

    private void answer(Exchange exchange, Received received) {
        switch (received) {
            case Received.Complete(var payload) -> exchange.answer(told.finished(201, payload));
            case Received.Partial(var upload) -> exchange.answer(told.upload(200, upload));
            case Received.Refused(var refusal) -> exchange.refuse(refusal);
        }
    }

    /// Ends it; what came of it goes.
    void cancel(Exchange exchange) {
        Upload upload = upload(exchange);
        if (upload == null) {
            exchange.refuse(noUpload());
            return;
        }
        pump.work(exchange, () -> {
            if (payloads().cancel(upload)) {
                exchange.answer(Answer.NO_CONTENT);
            } else {
                exchange.refuse(Refusal.retryable(
                        ErrorCode.STATE_CONFLICT,
                        "a request is sending to this upload: cut that first",
                        Duration.ofSeconds(1)));
            }
        });
    }

    private @Nullable Upload upload(Exchange exchange) {
        PayloadId id = PayloadId.parse(exchange.pathParameters().getFirst());
        return id == null ? null : payloads().upload(exchange.caller().client(), id);
    }

    private Payloads payloads() {
        return pump.payloads();
    }

    private static Refusal noUpload() {
        return Refusal.of(
                ErrorCode.NOT_FOUND,
                "there is no such upload of this client: it was finished, deleted, or did not go on for too long");
    }
}
