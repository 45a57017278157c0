package dev.tidings.server.streams;

import dev.tidings.broker.streams.StreamReading;
import dev.tidings.server.http.Route;

/// The routes of streams.
public record StreamRoutes(Route list, Route read) {
    public static StreamRoutes of(StreamReading reading, StreamingConfig config) {
        return new StreamRoutes(new ListStreamsRoute(reading), new ReadStreamRoute(reading, config));
    }
}
