package dev.tidings.server.streams;

import dev.tidings.broker.streams.StreamBatch;
import dev.tidings.broker.streams.StreamReader;
import dev.tidings.engine.Unavailable;
import dev.tidings.model.Bytes;
import dev.tidings.model.Refusal;
import dev.tidings.server.http.Answer;
import dev.tidings.server.http.AnswerStream;
import dev.tidings.server.http.Exchange;
import dev.tidings.wire.Streamed;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends a client what its reader finds, piece by piece, and asks for more only once the client has taken what was
/// sent: a slow client holds one piece, and no more. Belongs to the exchange's event loop.
final class Follower {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    private static final Bytes EMPTY_LINE = Bytes.utf8("\n");
    private static final int PIECE = 1_000;

    private final Exchange exchange;
    private final StreamReader reader;
    private final StreamForm form;
    private final Plan plan;
    private String told = "";
    private int left;
    private Duration quiet = Duration.ZERO;

    /// What it is to do.
    record Plan(StreamParameters parameters, StreamingConfig config) {}

    Follower(Exchange exchange, StreamReader reader, StreamForm form, Plan plan) {
        this.exchange = exchange;
        this.reader = reader;
        this.form = form;
        this.plan = plan;
        this.left = plan.parameters.max();
    }

    void start() {
        AnswerStream begun = exchange.begin(Answer.of(200, form.mediaType(), Bytes.EMPTY)
                .with(
                        new Answer.Header("Cache-Control", "no-store"),
                        // Some proxies would collect what they are sent before they pass it on.
                        new Answer.Header("X-Accel-Buffering", "no")));
        if (begun == null) {
            return;
        }
        if (form == StreamForm.MESSAGES) {
            begun.write(Bytes.utf8("retry: " + plan.config.retry().toMillis() + "\n\n"));
        }
        ask(begun);
    }

    private void ask(AnswerStream to) {
        var want = new StreamReader.Want(
                Math.min(left, PIECE), (int) plan.config.piece().bytes(), patience());
        var _ = reader.next(want)
                .thenApply(this::written)
                .whenComplete((piece, failure) -> exchange.onLoop(() -> {
                    if (to.over()) {
                        return;
                    }
                    if (failure != null) {
                        failed(to, failure);
                    } else {
                        found(to, piece, want.patience());
                    }
                }));
    }

    /// What was found, and its text, which is written where it was found: event loops have others to serve.
    private record Piece(StreamBatch batch, Bytes text) {}

    private Piece written(StreamBatch batch) {
        Bytes text = switch (batch) {
            case StreamBatch.Ended _ -> Bytes.EMPTY;
            case StreamBatch.Events events ->
                form == StreamForm.LINES ? Streamed.lines(events.events()) : Streamed.messages(events.events());
        };
        return new Piece(batch, text);
    }

    /// How long to wait for the next event: no longer than the client may hear nothing.
    private Duration patience() {
        Duration wait = plan.parameters.patience();
        Duration heartbeat = plan.config.heartbeat();
        Duration rest = wait == null ? heartbeat : wait.minus(quiet);
        return rest.compareTo(heartbeat) < 0 ? rest : heartbeat;
    }

    private void found(AnswerStream to, Piece piece, Duration waited) {
        switch (piece.batch) {
            case StreamBatch.Ended(Refusal refusal) -> end(to, refusal.detail());
            case StreamBatch.Events events -> {
                boolean done = tell(to, piece, events, waited);
                if (done) {
                    to.end();
                } else {
                    to.whenTaken(() -> ask(to));
                }
            }
        }
    }

    /// Whether that was all.
    private boolean tell(AnswerStream to, Piece piece, StreamBatch.Events batch, Duration waited) {
        if (batch.events().isEmpty()) {
            quiet = batch.place().atEnd() ? quiet.plus(waited) : Duration.ZERO;
            if (!isDone(batch)) {
                to.write(heartbeat(batch.place().next()));
            }
        } else {
            quiet = Duration.ZERO;
            left -= batch.events().size();
            told = batch.events().getLast().position();
            to.write(piece.text);
        }
        return isDone(batch);
    }

    private boolean isDone(StreamBatch.Events batch) {
        Duration wait = plan.parameters.patience();
        boolean quietForLong =
                wait != null && batch.place().atEnd() && batch.events().isEmpty() && quiet.compareTo(wait) >= 0;
        return left == 0 || quietForLong;
    }

    /// Also says how far a reader has come that nothing was for.
    private Bytes heartbeat(String next) {
        if (form == StreamForm.LINES) {
            return EMPTY_LINE;
        }
        boolean moved = !next.equals(told);
        told = next;
        return Bytes.utf8(moved ? ": heartbeat\nid: " + next + "\n\n" : ": heartbeat\n\n");
    }

    /// Its next request, from where it is, is answered with what ended this one.
    private void end(AnswerStream to, String why) {
        if (form == StreamForm.MESSAGES) {
            to.write(Bytes.utf8(": ends here: " + why.replace('\n', ' ') + "\n\n"));
        }
        to.end();
    }

    private void failed(AnswerStream to, Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        if (!(cause instanceof Unavailable)) {
            LOG.error("reading a stream failed", cause);
        }
        end(to, "the store cannot be read; come back");
    }
}
