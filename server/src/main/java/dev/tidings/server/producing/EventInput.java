package dev.tidings.server.producing;

import dev.tidings.model.Bytes;
import dev.tidings.model.Refusal;
import dev.tidings.server.http.ContentTypes;
import dev.tidings.server.http.Exchange;
import dev.tidings.wire.BinaryMessage;
import dev.tidings.wire.CloudEvents;
import dev.tidings.wire.Decoded;
import dev.tidings.wire.Reported;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads the events of a request, in the mode that its content type tells.
public final class EventInput {
    private final CloudEvents codec;
    private final InstantSource clock;
    private final Duration futureTolerance;

    /// @param futureTolerance how far the `time` of an event may lie in the future
    public EventInput(CloudEvents codec, InstantSource clock, Duration futureTolerance) {
        this.codec = codec;
        this.clock = clock;
        this.futureTolerance = futureTolerance;
    }

    public Decoded events(Exchange exchange) {
        var latest = clock.instant().plus(futureTolerance);
        return switch (mode(exchange)) {
            case BINARY -> codec.binary(message(exchange), latest);
            case STRUCTURED -> codec.structured(exchange.body(), latest);
            case BATCH -> codec.batch(exchange.body(), latest);
        };
    }

    /// A report of a dead event.
    public Reported reported(Exchange exchange) {
        return switch (mode(exchange)) {
            case BINARY -> codec.reported(message(exchange));
            case STRUCTURED -> codec.reported(exchange.body());
            case BATCH -> new Reported.Refused(refusal(exchange));
        };
    }

    private static ContentTypes.Mode mode(Exchange exchange) {
        ContentTypes.Mode mode = ContentTypes.mode(exchange.operation(), exchange.contentType());
        if (mode == null) {
            throw new IllegalStateException("the door let " + exchange.contentType() + " in");
        }
        return mode;
    }

    private static Refusal refusal(Exchange exchange) {
        return ContentTypes.refusal(exchange.operation(), exchange.contentType());
    }

    private static BinaryMessage message(Exchange exchange) {
        List<BinaryMessage.Header> headers = new ArrayList<>();
        for (Map.Entry<String, String> header : exchange.headers()) {
            String name = header.getKey();
            if (name.regionMatches(true, 0, BinaryMessage.PREFIX, 0, BinaryMessage.PREFIX.length())) {
                headers.add(new BinaryMessage.Header(name, header.getValue()));
            }
        }
        Bytes body = exchange.body();
        return new BinaryMessage(exchange.contentType(), headers, body);
    }
}
