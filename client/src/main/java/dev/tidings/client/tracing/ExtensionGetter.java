package dev.tidings.client.tracing;

import io.cloudevents.CloudEvent;
import io.opentelemetry.context.propagation.TextMapGetter;
import org.jspecify.annotations.Nullable;

/// Reads a trace from the extension attributes of an event.
final class ExtensionGetter implements TextMapGetter<CloudEvent> {
    @Override
    @SuppressWarnings("deprecation") // implementors have to, while it is there
    public Iterable<String> keys(CloudEvent event) {
        return event.getExtensionNames();
    }

    @Override
    public @Nullable String get(@Nullable CloudEvent event, String name) {
        Object value = event == null ? null : event.getExtension(name);
        return value == null ? null : value.toString();
    }
}
