package dev.tidings.server.fake;

import dev.tidings.broker.catalog.Catalog;
import dev.tidings.broker.catalog.Catalogs;
import dev.tidings.broker.catalog.ClientEntry;
import dev.tidings.broker.catalog.ClientEntry.Credential;
import dev.tidings.model.ClientName;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/// A catalog that a test changes by hand.
public final class FixedCatalogs implements Catalogs {
    private final List<Consumer<Catalog>> listeners = new ArrayList<>();
    private Catalog current = Catalog.EMPTY;

    public FixedCatalogs client(String name, Credential... credentials) {
        ClientName client = new ClientName(name);
        TreeMap<ClientName, ClientEntry> clients = new TreeMap<>(current.clients());
        clients.put(
                client,
                new ClientEntry(client, "", List.of(credentials), null, null, false, ClientEntry.Quotas.DEFAULT));
        return set(new Catalog(current.version() + 1, current.types(), clients));
    }

    public FixedCatalogs set(Catalog catalog) {
        current = catalog;
        listeners.forEach(listener -> listener.accept(catalog));
        return this;
    }

    @Override
    public Catalog current() {
        return current;
    }

    @Override
    public void onChange(Consumer<Catalog> listener) {
        listeners.add(listener);
    }
}
