package dev.tidings.client;

import dev.tidings.model.Bytes;
import dev.tidings.wire.EventText;
import dev.tidings.wire.Received;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.SpecVersion;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Events of whichever library, as they are sent: in the CloudEvents JSON format. For those who keep events before
/// they publish them.
public final class EventCoding {
    private static final Set<String> REQUIRED = Set.of("id", "source", "type");

    private EventCoding() {}

    /// Does not judge the event: what was no JSON although it is called so still is none.
    public static Bytes json(CloudEvent event) {
        if (event instanceof MapEvent own) {
            return own.json();
        }
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("specversion", "1.0");
        attributes.put("id", event.getId());
        attributes.put("source", event.getSource().toString());
        attributes.put("type", event.getType());
        put(attributes, "subject", event.getSubject());
        put(attributes, "time", event.getTime());
        put(attributes, "datacontenttype", event.getDataContentType());
        put(attributes, "dataschema", event.getDataSchema());
        for (String name : event.getExtensionNames()) {
            put(attributes, name, event.getExtension(name));
        }
        CloudEventData data = event.getData();
        return EventText.of(attributes, data == null ? null : Bytes.of(data.toBytes()));
    }

    /// The event that was written so.
    ///
    /// @throws IllegalArgumentException where the text is none
    public static CloudEvent event(Bytes json) {
        CloudEvent event = Received.written(json)
                .filter(read -> read.attributes().keySet().containsAll(REQUIRED))
                .map(EventCoding::event)
                .orElseThrow(() -> new IllegalArgumentException("that is no event in the CloudEvents JSON format"));
        try {
            SpecVersion.V1.getAllAttributes().forEach(event::getAttribute); // each is of its type, or fails
            return event;
        } catch (DateTimeException noTime) {
            throw new IllegalArgumentException("the event's time is none", noTime);
        }
    }

    static CloudEvent event(Received received) {
        Bytes data = received.data();
        return new MapEvent(received.attributes(), data == null ? null : data.toArray());
    }

    private static void put(Map<String, Object> attributes, String name, @Nullable Object value) {
        if (value instanceof String || value instanceof Integer || value instanceof Boolean) {
            attributes.put(name, value);
        } else if (value instanceof OffsetDateTime time) {
            attributes.put(name, DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time));
        } else if (value instanceof byte[] binary) {
            attributes.put(name, Base64.getEncoder().encodeToString(binary));
        } else if (value != null) {
            attributes.put(name, value.toString());
        }
    }
}
