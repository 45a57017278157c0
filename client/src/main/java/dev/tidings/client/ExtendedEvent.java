package dev.tidings.client;

import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.SpecVersion;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An event, of whichever library, with more extension attributes than it had.
record ExtendedEvent(CloudEvent event, Map<String, String> more) implements CloudEvent {
    @Override
    public @Nullable CloudEventData getData() {
        return event.getData();
    }

    @Override
    public SpecVersion getSpecVersion() {
        return event.getSpecVersion();
    }

    @Override
    public String getId() {
        return event.getId();
    }

    @Override
    public String getType() {
        return event.getType();
    }

    @Override
    public URI getSource() {
        return event.getSource();
    }

    @Override
    public @Nullable String getDataContentType() {
        return event.getDataContentType();
    }

    @Override
    public @Nullable URI getDataSchema() {
        return event.getDataSchema();
    }

    @Override
    public @Nullable String getSubject() {
        return event.getSubject();
    }

    @Override
    public @Nullable OffsetDateTime getTime() {
        return event.getTime();
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return event.getAttribute(name);
    }

    @Override
    public @Nullable Object getExtension(String name) {
        String added = more.get(name);
        return added == null ? event.getExtension(name) : added;
    }

    @Override
    public Set<String> getExtensionNames() {
        Set<String> names = new LinkedHashSet<>(event.getExtensionNames());
        names.addAll(more.keySet());
        return names;
    }
}
