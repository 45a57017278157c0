package dev.tidings.client;

import tools.jackson.databind.json.JsonMapper;

/// Between the program's objects and JSON. May be used by any thread.
public interface JsonMapping {
    /// The object as JSON, in UTF-8.
    byte[] write(Object value);

    /// The object that the JSON describes.
    ///
    /// @throws RuntimeException where the text does not describe such an object
    <T> T read(byte[] json, Class<T> type);

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
