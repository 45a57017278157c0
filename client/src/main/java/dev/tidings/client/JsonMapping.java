package dev.tidings.client;

import io.cloudevents.CloudEventData;
import tools.jackson.databind.json.JsonMapper;

/// Between the program's objects and JSON. May be used by any thread.
public interface JsonMapping {
    /// The object as JSON, in UTF-8.
    byte[] write(Object value);

    /// The object that the JSON describes.
    ///
    /// @throws RuntimeException where the text does not describe such an object
    <T> T read(byte[] json, Class<T> type);

    /// A handler of whole events that has their payloads read. A payload that can't be read so makes the event dead.
    default <T> EventHandler handler(Class<T> type, Handler<T> handler) {
        return event -> {
            CloudEventData data = event.getData();
            if (data == null) {
                throw new DeadEventException("it has no data, expected " + type.getSimpleName());
            }
            T payload;
            try {
                payload = read(data.toBytes(), type);
            } catch (RuntimeException unreadable) {
                throw new DeadEventException(
                        "its data is no " + type.getSimpleName() + ": " + unreadable.getMessage(), unreadable);
            }
            handler.handle(payload);
        };
    }

    /// By Jackson 3, as the mapper is configured.
    static JsonMapping jackson(JsonMapper mapper) {
        return new JsonMapping() {
            @Override
            public byte[] write(Object value) {
                return mapper.writeValueAsBytes(value);
            }

            @Override
            public <T> T read(byte[] json, Class<T> type) {
                return mapper.readValue(json, type);
            }
        };
    }
}
