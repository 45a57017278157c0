package dev.tidings.server.streams;

import dev.tidings.broker.streams.StreamBatch;
import dev.tidings.broker.streams.StreamReader;
import dev.tidings.broker.streams.StreamReading;
import dev.tidings.broker.streams.StreamReading.Opened;
import dev.tidings.model.Bytes;
import dev.tidings.model.Refusal;
import dev.tidings.server.http.Accept;
import dev.tidings.server.http.Answer;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.Query;
import dev.tidings.server.http.Route;
import dev.tidings.wire.Streamed;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;

/// Reads a stream: answers with a batch, or goes on for as long as the client stays, as it likes.
final class ReadStreamRoute implements Route {
    private static final String NEXT = "Next-Position";

    private final StreamReading reading;
    private final StreamingConfig config;

    ReadStreamRoute(StreamReading reading, StreamingConfig config) {
        this.reading = reading;
        this.config = config;
    }

    @Override
    public void handle(Exchange exchange) {
        StreamForm form = StreamForm.accepted(exchange.header(HttpHeaders.ACCEPT));
        if (form == null) {
            exchange.refuse(Accept.refusal(String.join(", ", StreamForm.MEDIA_TYPES)));
            return;
        }
        Query query = exchange.query();
        StreamParameters parameters = StreamParameters.read(exchange, query, form, config);
        Refusal refusal = query.refusal();
        if (refusal != null) {
            exchange.refuse(refusal);
            return;
        }
        exchange.go(reading.open(exchange.caller(), parameters.query()), opened -> {
            switch (opened) {
                case Opened.Refused refused -> exchange.refuse(refused.refusal());
                case Opened.Opening(StreamReader reader) -> {
                    exchange.whenFinished(reader::close);
                    serve(exchange, reader, new Wish(form, query, parameters));
                }
            }
        });
    }

    /// What is asked for, and how.
    private record Wish(StreamForm form, Query query, StreamParameters parameters) {}

    private void serve(Exchange exchange, StreamReader reader, Wish wish) {
        if (!wish.form.follows()) {
            answerOnce(exchange, reader, wish);
        } else if (exchange.headOnly()) {
            exchange.answer(Answer.of(200, wish.form.mediaType(), Bytes.EMPTY));
        } else {
            new Follower(exchange, reader, wish.form, new Follower.Plan(wish.parameters, config)).start();
        }
    }

    private void answerOnce(Exchange exchange, StreamReader reader, Wish wish) {
        Duration wait = wish.parameters.patience();
        var want = new StreamReader.Want(
                wish.parameters.max(),
                (int) config.batchBytes().bytes(),
                wait == null || exchange.headOnly() ? Duration.ZERO : wait);
        exchange.whenGone(() -> exchange.answer(Answer.NO_CONTENT));
        // Answers are written where their events were found: event loops have others to serve.
        exchange.go(reader.next(want).thenApply(batch -> ready(exchange, batch, wish)), Runnable::run);
    }

    private static Runnable ready(Exchange exchange, StreamBatch batch, Wish wish) {
        return switch (batch) {
            case StreamBatch.Ended(Refusal refusal) -> () -> exchange.refuse(refusal);
            case StreamBatch.Events events -> {
                Answer answer = answer(events, wish);
                yield () -> exchange.answer(answer);
            }
        };
    }

    private static Answer answer(StreamBatch.Events batch, Wish wish) {
        Bytes body = wish.form == StreamForm.PAGE ? StreamsJson.page(batch) : Streamed.batch(batch.events());
        String next = batch.place().next();
        String onwards = StreamParameters.onwards(wish.query, next);
        return Answer.of(200, wish.form.mediaType(), body)
                .with(new Answer.Header(NEXT, next), new Answer.Header("Link", "<" + onwards + ">; rel=\"next\""));
    }
}
