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

    /// In what it happened: a URI or a URI reference. That of the bus where it is not called.
    public EventBuilder source(URI source) {
        return attribute("source", source.toString());
    }

    /// What it happened to, inside its source.
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

    /// Where its payload is, which is too large for the event: see
    /// [dev.tidings.client.payloads.StoredPayload#dataref].
    public EventBuilder dataref(URI reference) {
        return attribute("dataref", reference.toString());
    }

    /// An extension attribute, such as `correlationid`: lower-case letters and digits.
    public EventBuilder extension(String name, String value) {
        return attribute(name, value);
    }

    /// An extension attribute that is true or false.
    public EventBuilder extension(String name, boolean value) {
        attributes.put(name, value);
        return this;
    }

    /// An extension attribute that is a number.
    public EventBuilder extension(String name, int value) {
        attributes.put(name, value);
        return this;
    }

    /// The payload, as JSON.
    public EventBuilder data(Object value) {
        return data("application/json", json.write(value));
    }

    /// The payload, as plain text.
    public EventBuilder text(String text) {
        return data("text/plain", text.getBytes(StandardCharsets.UTF_8));
    }

    /// The payload, as it is.
    ///
    /// @param contentType the media type; where it is one of JSON, the bytes are
    public EventBuilder data(String contentType, byte[] bytes) {
        attributes.put("datacontenttype", contentType);
        data = bytes.clone();
        return this;
    }

    /// The event. The builder may go on, and make others.
    ///
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
