package dev.tidings.server.admin;

import dev.tidings.model.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Writes the objects that administrators get.
final class JsonObject {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonObject() {}

    /// An object with these members.
    static Bytes of(Consumer<JsonGenerator> members) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            members.accept(json);
            json.writeEndObject();
        }
        return Bytes.of(out.toByteArray());
    }
}
