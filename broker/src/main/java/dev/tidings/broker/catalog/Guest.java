package dev.tidings.broker.catalog;

import dev.tidings.broker.catalog.ClientEntry.ConsumerRole;
import dev.tidings.broker.catalog.ClientEntry.Grant;
import dev.tidings.broker.catalog.ClientEntry.ProducerRole;
import dev.tidings.broker.catalog.ClientEntry.Quotas;
import dev.tidings.broker.catalog.ClientEntry.Sources;
import dev.tidings.model.ClientName;
import dev.tidings.model.EventType;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The client that everybody is to an insecure server: it may do everything. It is never stored.
public final class Guest {
    public static final ClientName NAME = new ClientName("guest");

    private Guest() {}

    /// The catalog with the guest in it.
    static Catalog in(Catalog catalog) {
        Map<EventType, Grant> grants = new HashMap<>();
        for (EventType type : catalog.types().keySet()) {
            grants.put(type, new Grant(true, Instant.EPOCH));
        }
        var clients = new TreeMap<>(catalog.clients());
        clients.put(
                NAME,
                new ClientEntry(
                        NAME,
                        "Everybody: this server is insecure.",
                        List.of(),
                        new ProducerRole(new Sources.Any(), catalog.types().keySet()),
                        new ConsumerRole(grants).among(catalog.types()),
                        true,
                        Quotas.DEFAULT));
        return new Catalog(catalog.version(), catalog.types(), clients);
    }
}
