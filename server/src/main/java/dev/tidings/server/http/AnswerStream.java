package dev.tidings.server.http;

import dev.tidings.model.Bytes;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/// An answer that is written piece by piece, for as long as its client stays. Belongs to the exchange's event loop.
public final class AnswerStream {
    private final AnswerWriter writer;
    private final HttpServerResponse response;
    private @Nullable Runnable whenGone;
    private boolean over;

    AnswerStream(AnswerWriter writer, HttpServerResponse response) {
        this.writer = writer;
        this.response = response;
    }

    /// Runs the task once the client has gone, or has taken nothing for too long; not behind [#end].
    public void whenGone(Runnable task) {
        whenGone = task;
    }

    /// Whether nothing can be written any more.
    public boolean over() {
        return over;
    }

    public void write(Bytes piece) {
        if (!over) {
            var _ = response.write(AnswerWriter.buffer(piece));
        }
    }

    /// Goes on once the client has taken enough of what was written: at once, where it has.
    public void whenTaken(Runnable next) {
        if (!response.writeQueueFull()) {
            next.run();
            return;
        }
        writer.full();
        response.drainHandler(_ -> {
            writer.drained();
            if (!over) {
                next.run();
            }
        });
    }

    /// Ends the answer in good order.
    public void end() {
        if (!over) {
            over = true;
            writer.ends(response.end());
        }
    }

    void gone() {
        Runnable task = whenGone;
        if (!over) {
            over = true;
            if (task != null) {
                task.run();
            }
        }
    }
}
