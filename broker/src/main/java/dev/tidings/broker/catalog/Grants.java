package dev.tidings.broker.catalog;

import dev.tidings.broker.catalog.ClientEntry.ConsumerRole;
import dev.tidings.broker.catalog.ClientEntry.Grant;
import dev.tidings.model.ClientName;
import dev.tidings.model.EventType;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Since when each grant holds.
final class Grants {
    private Grants() {}

    /// The times of all grants of a catalog.
    static Map<ClientName, Map<EventType, Instant>> times(Catalog catalog) {
        Map<ClientName, Map<EventType, Instant>> times = new TreeMap<>();
        catalog.clients().forEach((name, client) -> {
            ConsumerRole role = client.consumes();
            if (role != null) {
                Map<EventType, Instant> byType = new TreeMap<>();
                role.types().forEach((type, grant) -> byType.put(type, grant.since()));
                times.put(name, byType);
            }
        });
        return times;
    }

    /// The catalog at this version, with these times; a grant that has none begins at `otherwise`.
    static Catalog stamped(
            Catalog catalog, long version, Map<ClientName, Map<EventType, Instant>> times, Instant otherwise) {
        var clients = new TreeMap<>(catalog.clients());
        clients.replaceAll((name, client) -> stamped(client, times.getOrDefault(name, Map.of()), otherwise));
        return new Catalog(version, catalog.types(), clients);
    }

    private static ClientEntry stamped(ClientEntry client, Map<EventType, Instant> times, Instant otherwise) {
        return new ClientEntry(
                client.name(),
                client.description(),
                client.credentials(),
                client.produces(),
                stamped(client.consumes(), times, otherwise),
                client.admin(),
                client.quotas());
    }

    private static @Nullable ConsumerRole stamped(
            @Nullable ConsumerRole role, Map<EventType, Instant> times, Instant otherwise) {
        if (role == null) {
            return null;
        }
        Map<EventType, Grant> grants = new HashMap<>();
        role.types()
                .forEach((type, grant) ->
                        grants.put(type, new Grant(grant.history(), times.getOrDefault(type, otherwise))));
        return new ConsumerRole(grants, role.queues());
    }
}
