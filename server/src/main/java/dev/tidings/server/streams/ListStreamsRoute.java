package dev.tidings.server.streams;

import dev.tidings.broker.streams.StreamReading;
import dev.tidings.broker.streams.StreamReading.Listed;
import dev.tidings.server.http.Answer;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.Route;

/// Tells the caller which streams it may read.
final class ListStreamsRoute implements Route {
    private final StreamReading reading;

    ListStreamsRoute(StreamReading reading) {
        this.reading = reading;
    }

    @Override
    public void handle(Exchange exchange) {
        switch (reading.list(exchange.caller())) {
            case Listed.Refused(var refusal) -> exchange.refuse(refusal);
            case Listed.Streams(var streams) -> exchange.answer(Answer.json(200, StreamsJson.list(streams)));
        }
    }
}
