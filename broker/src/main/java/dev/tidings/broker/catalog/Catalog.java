package dev.tidings.broker.catalog;

import dev.tidings.model.ClientName;
import dev.tidings.model.EventType;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What exists, at one version. Immutable.
public record Catalog(long version, SortedMap<EventType, TypeEntry> types, SortedMap<ClientName, ClientEntry> clients) {
    public static final Catalog EMPTY = new Catalog(0, new TreeMap<>(), new TreeMap<>());

    public Catalog {
        types = Collections.unmodifiableSortedMap(new TreeMap<>(types));
        clients = Collections.unmodifiableSortedMap(new TreeMap<>(clients));
    }

    public @Nullable TypeEntry type(EventType type) {
        return types.get(type);
    }

    public @Nullable ClientEntry client(ClientName client) {
        return clients.get(client);
    }
}
