package dev.tidings.server.http;

import dev.tidings.model.Bytes;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// An answer whose body is given piece by piece, by one thread that is not the event loop. Each piece has its deadline:
/// a client may take long for all of it, but not for the next piece.
public final class AnswerBody extends DeadlineQueue.Entry {
    private final HttpServerResponse response;
    private final HttpLoop loop;
    private final AnswerWriter writer;
    private @Nullable CompletableFuture<Boolean> taking;
    private boolean gone;

    AnswerBody(HttpServerResponse response, HttpLoop loop, AnswerWriter writer) {
        this.response = response;
        this.loop = loop;
        this.writer = writer;
    }

    /// Writes the next piece. Completes with whether the network took it: only then may its array be used again, and
    /// the next piece be written. Where it was not taken there is nobody to write to any more.
    public CompletableFuture<Boolean> write(Bytes piece) {
        CompletableFuture<Boolean> taken = new CompletableFuture<>();
        loop.run(() -> writeHere(piece, taken));
        return taken;
    }

    private void writeHere(Bytes piece, CompletableFuture<Boolean> taken) {
        if (gone) {
            taken.complete(false);
            return;
        }
        taking = taken;
        loop.awaitTaking(this);
        response.write(AnswerWriter.buffer(piece)).onComplete(written -> {
            DeadlineQueue.end(this);
            taken.complete(written.succeeded());
        });
    }

    /// Ends the answer, all pieces of which were taken.
    public void end() {
        loop.run(() -> {
            if (gone) {
                writer.bodyEnds(false);
            } else {
                response.end().onComplete(ended -> writer.bodyEnds(ended.succeeded()));
            }
        });
    }

    /// Ends it before it is whole, in a way that the client notices.
    public void cut() {
        loop.run(() -> writer.bodyEnds(false));
    }

    @Override
    void late() {
        gone();
        writer.late();
    }

    /// The client went away. On the event loop.
    void gone() {
        gone = true;
        DeadlineQueue.end(this);
        if (taking != null) {
            taking.complete(false);
        }
    }
}
