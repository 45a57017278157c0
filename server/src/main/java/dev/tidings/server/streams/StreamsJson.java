package dev.tidings.server.streams;

import dev.tidings.broker.streams.AppendRates;
import dev.tidings.broker.streams.StreamBatch;
import dev.tidings.broker.streams.StreamStatus;
import dev.tidings.model.Bytes;
import dev.tidings.wire.Streamed;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// What is told of streams, as JSON. `docs/guide/streams.md` describes it.
final class StreamsJson {
    private static final JsonFactory JSON = new JsonFactory();

    private StreamsJson() {}

    static Bytes list(List<StreamStatus> streams) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeArrayPropertyStart("streams");
            streams.forEach(stream -> stream(json, stream));
            json.writeEndArray();
            json.writeEndObject();
        }
        return Bytes.of(out.toByteArray());
    }

    /// Positions need no escaping.
    static Bytes page(StreamBatch.Events batch) {
        StreamBatch.Place place = batch.place();
        String failed = batch.filterFailed() == 0 ? "" : ",\"filterFailed\":" + batch.filterFailed();
        return Streamed.page(
                batch.events(),
                ",\"next\":\"%s\",\"atEnd\":%s,\"earliest\":\"%s\",\"latest\":\"%s\"%s}"
                        .formatted(
                                place.next(),
                                place.atEnd(),
                                place.bounds().earliest(),
                                place.bounds().latest(),
                                failed));
    }

    private static void stream(JsonGenerator json, StreamStatus stream) {
        json.writeStartObject();
        json.writeStringProperty("stream", stream.stream().value());
        json.writeArrayPropertyStart("types");
        stream.types().forEach(type -> json.writeString(type.value()));
        json.writeEndArray();
        json.writeStringProperty("earliest", stream.bounds().earliest());
        json.writeStringProperty("latest", stream.bounds().latest());
        json.writeNumberProperty("positions", stream.positions());
        AppendRates.Rates rates = stream.rates();
        json.writeObjectPropertyStart("eventsPerSecond");
        json.writeNumberProperty("lastMinute", rounded(rates.lastMinute()));
        json.writeNumberProperty("lastTenMinutes", rounded(rates.lastTenMinutes()));
        json.writeEndObject();
        json.writeEndObject();
    }

    private static BigDecimal rounded(double rate) {
        return BigDecimal.valueOf(rate).setScale(3, RoundingMode.HALF_UP);
    }
}
