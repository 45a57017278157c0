package dev.tidings.server.payloads;

import dev.tidings.broker.catalog.Catalogs;
import dev.tidings.broker.payloads.Payload;
import dev.tidings.broker.payloads.PayloadId;
import dev.tidings.broker.payloads.Payloads.Fetched;
import dev.tidings.engine.Corrupt;
import dev.tidings.engine.disk.DiskFile;
import dev.tidings.model.Bytes;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import dev.tidings.server.http.Answer.Header;
import dev.tidings.server.http.AnswerBody;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.Route;
import dev.tidings.server.payloads.Fetching.Wish;
import io.vertx.core.http.HttpHeaders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/// Hands a payload out, or a range of it.
record FetchRoute(Catalogs catalogs, Pump pump) implements Route {
    private static final int PIECE = 128 * 1024;

    @Override
    public void handle(Exchange exchange) {
        PayloadId id = PayloadId.parse(exchange.pathParameters().getFirst());
        Fetched fetched = id == null
                ? new Fetched.Refused(Refusal.of(ErrorCode.NOT_FOUND, "that is not the id of a payload"))
                : pump.payloads()
                        .fetch(catalogs.current().client(exchange.caller().client()), id);
        switch (fetched) {
            case Fetched.Refused(Refusal refusal) -> exchange.refuse(refusal);
            case Fetched.Found(Payload payload) -> answer(exchange, payload);
        }
    }

    private void answer(Exchange exchange, Payload payload) {
        Fetching fetching = Fetching.of(payload, Wish.of(exchange));
        if (fetching == null) {
            exchange.refuse(
                    Fetching.outside(payload), new Header(HttpHeaders.CONTENT_RANGE, "bytes */" + payload.size()));
        } else if (fetching.length() == 0) {
            exchange.answer(fetching.head());
        } else {
            pump.transfer(exchange, () -> send(exchange, payload, fetching));
        }
    }

    private void send(Exchange exchange, Payload payload, Fetching fetching) throws IOException {
        try (DiskFile file = pump.payloads().read(payload)) {
            AnswerBody out = exchange.begin(fetching.head(), fetching.length());
            boolean sent = false;
            try {
                sent = send(file, fetching, out);
            } finally {
                if (sent) {
                    out.end();
                } else {
                    out.cut();
                }
            }
        }
    }

    /// Reads one piece while the one before it is written.
    private static boolean send(DiskFile file, Fetching fetching, AnswerBody out) throws IOException {
        ByteBuffer next = ByteBuffer.allocate(PIECE);
        ByteBuffer other = ByteBuffer.allocate(PIECE);
        CompletableFuture<Boolean> taken = CompletableFuture.completedFuture(true);
        long end = fetching.first() + fetching.length();
        long at = fetching.first();
        while (at < end) {
            next.clear().limit((int) Math.min(PIECE, end - at));
            int read = file.read(next, at);
            if (read < next.limit()) {
                throw new Corrupt("a payload", at + read, "it ends here, and was longer");
            }
            at += read;
            if (!taken.join()) {
                return false;
            }
            taken = out.write(new Bytes(next.array(), 0, read));
            ByteBuffer swapped = other;
            other = next;
            next = swapped;
        }
        return taken.join();
    }
}
