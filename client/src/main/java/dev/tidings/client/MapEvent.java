package dev.tidings.client;

import dev.tidings.model.Bytes;
import dev.tidings.wire.EventText;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.SpecVersion;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An event by its attributes' names. Immutable.
final class MapEvent implements CloudEvent {
    private static final Set<String> CONTEXT = SpecVersion.V1.getAllAttributes();

    private final Map<String, Object> attributes;
    private final byte @Nullable [] data;

    /// @param attributes nobody changes them any more; `String`, `Integer` or `Boolean` each, as they are sent
    /// @param data       nobody changes it any more
    MapEvent(Map<String, Object> attributes, byte @Nullable [] data) {
        this.attributes = attributes;
        this.data = data;
    }

    /// As it is sent.
    Bytes json() {
        return EventText.of(attributes, data == null ? null : Bytes.of(data));
    }

    @Override
    public SpecVersion getSpecVersion() {
        return SpecVersion.V1;
    }

    @Override
    public String getId() {
        return required("id");
    }

    @Override
    public String getType() {
        return required("type");
    }

    @Override
    public URI getSource() {
        return URI.create(required("source"));
    }

    @Override
    public @Nullable String getDataContentType() {
        return text("datacontenttype");
    }

    @Override
    public @Nullable URI getDataSchema() {
        String schema = text("dataschema");
        return schema == null ? null : URI.create(schema);
    }

    @Override
    public @Nullable String getSubject() {
        return text("subject");
    }

    @Override
    public @Nullable OffsetDateTime getTime() {
        String time = text("time");
        return time == null ? null : OffsetDateTime.parse(time);
    }

    @Override
    public @Nullable CloudEventData getData() {
        byte[] bytes = data;
        return bytes == null ? null : bytes::clone;
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return switch (name) {
            case "specversion" -> getSpecVersion();
            case "id" -> getId();
            case "type" -> getType();
            case "source" -> getSource();
            case "datacontenttype" -> getDataContentType();
            case "dataschema" -> getDataSchema();
            case "subject" -> getSubject();
            case "time" -> getTime();
            default -> throw new IllegalArgumentException("'" + name + "' is no attribute of CloudEvents 1.0");
        };
    }

    @Override
    public @Nullable Object getExtension(String name) {
        return CONTEXT.contains(name) ? null : attributes.get(name);
    }

    @Override
    public Set<String> getExtensionNames() {
        Set<String> names = new LinkedHashSet<>(attributes.keySet());
        names.removeAll(CONTEXT);
        return Collections.unmodifiableSet(names);
    }

    @Override
    public String toString() {
        return "event " + attributes;
    }

    private String required(String name) {
        return Objects.requireNonNull(text(name), name);
    }

    private @Nullable String text(String name) {
        Object value = attributes.get(name);
        return value == null ? null : value.toString();
    }
}
