package dev.tidings.server.tools;

import dev.tidings.broker.catalog.Catalog;
import dev.tidings.broker.catalog.ClientEntry;
import dev.tidings.broker.catalog.ClientEntry.ConsumerRole;
import dev.tidings.broker.catalog.ClientEntry.ProducerRole;
import dev.tidings.broker.catalog.ClientEntry.Quotas;
import dev.tidings.broker.catalog.ClientEntry.Sources;
import dev.tidings.broker.catalog.TypeEntry;
import dev.tidings.broker.pressure.Throttled;
import dev.tidings.model.Bytes;
import dev.tidings.model.DataSize;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// A client's entry in the catalog, as the client may see it: all but its credentials.
final class SettingsJson {
    private static final JsonFactory JSON = new JsonFactory();

    private SettingsJson() {}

    /// @param throttled what holds its groups back, of what types may be delivered at
    static Bytes write(ClientEntry client, Catalog catalog, Map<GroupName, List<Throttled>> throttled) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("client", client.name().value());
            json.writeStringProperty("description", client.description());
            json.writeNumberProperty("catalogVersion", catalog.version());
            json.writeBooleanProperty("admin", client.admin());
            if (client.produces() != null) {
                produces(json, client.produces());
            }
            if (client.consumes() != null) {
                consumes(json, client.consumes(), catalog);
            }
            quotas(json, client.quotas());
            if (!throttled.isEmpty()) {
                throttled(json, throttled);
            }
            json.writeEndObject();
        }
        return Bytes.of(out.toByteArray());
    }

    private static void produces(JsonGenerator json, ProducerRole role) {
        json.writeObjectPropertyStart("produces");
        json.writeArrayPropertyStart("sources");
        switch (role.sources()) {
            case Sources.Any() -> json.writeString("*");
            case Sources.Listed(var sources) -> sources.stream().sorted().forEach(json::writeString);
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("types");
        role.types().stream().sorted().map(EventType::value).forEach(json::writeString);
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void consumes(JsonGenerator json, ConsumerRole role, Catalog catalog) {
        json.writeObjectPropertyStart("consumes");
        json.writeArrayPropertyStart("types");
        for (Map.Entry<EventType, ClientEntry.Grant> grant : new TreeMap<>(role.types()).entrySet()) {
            json.writeStartObject();
            json.writeStringProperty("type", grant.getKey().value());
            json.writeBooleanProperty("history", grant.getValue().history());
            json.writeStringProperty("since", grant.getValue().since().toString());
            String queue = role.queues().get(grant.getKey());
            if (queue != null) {
                json.writeStringProperty("queue", queue);
            }
            TypeEntry type = catalog.type(grant.getKey());
            if (type != null) {
                quota(json, "deliveryRate", type.delivery().rate());
                quota(json, "deliveryConcurrency", type.delivery().concurrency());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void throttled(JsonGenerator json, Map<GroupName, List<Throttled>> groups) {
        json.writeArrayPropertyStart("throttled");
        groups.forEach((group, all) -> all.forEach(one -> {
            json.writeStartObject();
            json.writeStringProperty("group", group.name());
            json.writeStringProperty("type", one.load().type().value());
            json.writeNumberProperty("waiting", one.waiting());
            json.writeNumberProperty("unconfirmed", one.held());
            json.writeStringProperty("detail", one.toString());
            json.writeEndObject();
        }));
        json.writeEndArray();
    }

    private static void quotas(JsonGenerator json, Quotas quotas) {
        json.writeObjectPropertyStart("quotas");
        quota(json, "eventsPerSecond", quotas.eventsPerSecond());
        DataSize bytes = quotas.bytesPerSecond();
        if (bytes != null) {
            json.writeNumberProperty("bytesPerSecond", bytes.bytes());
        }
        quota(json, "instances", quotas.instances());
        quota(json, "groups", quotas.groups());
        quota(json, "connections", quotas.connections());
        quota(json, "subscriptions", quotas.subscriptions());
        json.writeEndObject();
    }

    private static void quota(JsonGenerator json, String name, @Nullable Integer quota) {
        if (quota != null) {
            json.writeNumberProperty(name, quota.intValue());
        }
    }
}
