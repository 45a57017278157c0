package dev.tidings.client;

import io.cloudevents.CloudEvent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes one event. Belongs to one thread.
public final class EventBuilder {
    private final Map<String, Object> attributes = new LinkedHashMap<>();
    private final JsonMapping json;
    private byte @Nullable [] data;

    EventBuilder(String id, String type, @Nullable URI source, JsonMapping json) {
        this.json = json;
        attributes.put("specversion", "1.0");
        attributes.put("id", id);
        attributes.put("type", type);
        if (source != null) {
            attributes.put("source", source.toString());
        }
    }

    /// Identifies the event together with its source: where it is sent twice, it is stored once.
    public EventBuilder id(String id) {
        return attribute("id", id);
    }

    public EventBuilder source(URI source) {
        return attribute("source", source.toString());
    }

    public EventBuilder subject(String subject) {
        return attribute("subject", subject);
    }

    /// Events of one key stay in order.
    public EventBuilder key(String key) {
        return attribute("partitionkey", key);
    }

    /// When it happened; the broker says now where nothing does.
    public EventBuilder time(OffsetDateTime time) {
        return attribute("time", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time));
    }

    public EventBuilder extension(String name, String value) {
        return attribute(name, value);
    }

    public EventBuilder extension(String name, boolean value) {
        attributes.put(name, value);
        return this;
    }

    public EventBuilder extension(String name, int value) {
        attributes.put(name, value);
        return this;
    }

    /// The payload, as JSON.
    public EventBuilder data(Object value) {
        return data("application/json", json.write(value));
    }

    public EventBuilder text(String text) {
        return data("text/plain", text.getBytes(StandardCharsets.UTF_8));
    }

    /// @param contentType the media type; where it is one of JSON, the bytes are
    public EventBuilder data(String contentType, byte[] bytes) {
        attributes.put("datacontenttype", contentType);
        data = bytes.clone();
        return this;
    }

    /// @throws IllegalStateException where neither the bus nor the event has a source
    public CloudEvent build() {
        if (!attributes.containsKey("source")) {
            throw new IllegalStateException("an event has a source: give it one, or the bus (Connecting.source)");
        }
        return new MapEvent(new LinkedHashMap<>(attributes), data);
    }

    private EventBuilder attribute(String name, String value) {
        attributes.put(name, value);
        return this;
    }
}
