package dev.tidings.server.payloads;

import dev.tidings.broker.payloads.Payload;
import dev.tidings.broker.payloads.Payload.About;
import dev.tidings.broker.payloads.Upload;
import dev.tidings.model.Bytes;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// What those who store payloads are told.
final class PayloadJson {
    private static final JsonFactory JSON = new JsonFactory();

    private PayloadJson() {}

    /// @param dataref the reference that events carry
    /// @param expires when it goes if no event refers to it
    static Bytes of(Payload payload, String dataref, Instant expires) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("dataref", dataref);
            about(json, payload.about(), payload.size());
            json.writeStringProperty("sha256", payload.sha256());
            json.writeStringProperty(
                    "expires", expires.truncatedTo(ChronoUnit.MILLIS).toString());
            json.writeEndObject();
        }
        return Bytes.of(out.toByteArray());
    }

    /// @param address where the rest is to be sent
    /// @param expires when it goes if it does not go on
    static Bytes of(Upload upload, String address, Instant expires) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("upload", address);
            about(json, upload.about(), upload.size());
            json.writeNumberProperty("offset", upload.offset());
            json.writeStringProperty(
                    "expires", expires.truncatedTo(ChronoUnit.MILLIS).toString());
            json.writeEndObject();
        }
        return Bytes.of(out.toByteArray());
    }

    private static void about(JsonGenerator json, About about, long size) {
        json.writeStringProperty("type", about.type().value());
        json.writeStringProperty("datacontenttype", about.contentType());
        json.writeNumberProperty("size", size);
    }
}
