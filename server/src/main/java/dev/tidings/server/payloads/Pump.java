package dev.tidings.server.payloads;

import dev.tidings.broker.payloads.Begun;
import dev.tidings.broker.payloads.Payloads;
import dev.tidings.broker.payloads.Received;
import dev.tidings.broker.payloads.Receiving;
import dev.tidings.engine.Unavailable;
import dev.tidings.engine.disk.DiskFullException;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import dev.tidings.server.http.Answer;
import dev.tidings.server.http.BodyStream;
import dev.tidings.server.http.BodyStream.Piece;
import dev.tidings.server.http.Exchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Takes bodies from the network to the disk, each on a thread of its own that may wait for both.
///
/// @param threads one for each task
record Pump(Payloads payloads, Executor threads) {
    private static final int PIECE = 128 * 1024;
    private static final Duration RETRY = Duration.ofSeconds(10);
    private static final Refusal TAKEN_OVER = Refusal.of(
            ErrorCode.STATE_CONFLICT,
            "a newer request goes on with this upload: send no more here, or ask with HEAD how far it is");

    /// Something that touches the disk.
    @FunctionalInterface
    interface Work {
        void run() throws IOException, InterruptedException;
    }

    /// Does something that touches the disk, and answers where it fails.
    void work(Exchange exchange, Work work) {
        threads.execute(() -> {
            try {
                work.run();
            } catch (DiskFullException e) {
                exchange.refuse(Refusal.retryable(
                        ErrorCode.STORE_UNAVAILABLE, e.getMessage() + "; nothing of the request was stored", RETRY));
            } catch (IOException e) {
                exchange.fail(new Unavailable("the disk failed: " + e.getMessage(), Unavailable.Effect.NONE, RETRY));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                exchange.fail(e);
            } catch (RuntimeException | Error e) { // the top of this thread: nobody else could answer
                exchange.fail(e);
            }
        });
    }

    /// The same as one of a bounded number of transfers.
    void transfer(Exchange exchange, Work work) {
        Refusal refusal = payloads.transfers().enter(exchange.caller().client());
        if (refusal != null) {
            exchange.refuse(refusal);
            return;
        }
        work(exchange, () -> {
            try {
                work.run();
            } finally {
                payloads.transfers().leave(exchange.caller().client());
            }
        });
    }

    /// Receives the body; tells what became of it, unless the client went away.
    void receive(Exchange exchange, Receiving receiving, Consumer<Received> then)
            throws IOException, InterruptedException {
        BodyStream body = exchange.receive();
        receiving.whenTakenOver(() -> body.refuse(TAKEN_OVER));
        Received received = null;
        try {
            received = pump(body, receiving);
        } finally {
            body.stop();
            receiving.cut();
        }
        if (received == null) {
            exchange.answer(Answer.NO_CONTENT);
        } else {
            then.accept(received);
        }
    }

    private static @Nullable Received pump(BodyStream body, Receiving receiving)
            throws IOException, InterruptedException {
        ByteBuffer buffer = ByteBuffer.allocate(PIECE);
        while (true) {
            switch (body.take(buffer.clear())) {
                case Piece.Some() -> {
                    Refusal refusal = receiving.write(buffer.flip());
                    if (refusal != null) {
                        return new Received.Refused(refusal);
                    }
                }
                case Piece.End() -> {
                    return receiving.end();
                }
                case Piece.Lost() -> {
                    return null;
                }
                case Piece.Refused(Refusal refusal) -> {
                    return new Received.Refused(refusal);
                }
            }
        }
    }

    /// Says why nothing begins.
    static void refuse(Exchange exchange, Begun.Refused refused) {
        if (refused.upload() == null) {
            exchange.refuse(refused.refusal());
        } else {
            exchange.refuse(refused.refusal(), Told.where(refused.upload()));
        }
    }
}
