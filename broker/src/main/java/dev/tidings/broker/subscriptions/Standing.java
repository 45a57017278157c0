package dev.tidings.broker.subscriptions;

import dev.tidings.broker.catalog.Catalog;
import dev.tidings.broker.catalog.ClientEntry;
import dev.tidings.model.EventType;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// What a subscription may have of what it is about, by the catalog.
///
/// @param granted    the types that are delivered, where it is active
/// @param notGranted the types it names that its client may not consume
public record Standing(SortedSet<EventType> granted, SortedSet<EventType> notGranted) {
    public static Standing of(Subscription subscription, Catalog catalog) {
        ClientEntry client = catalog.client(subscription.client());
        Set<EventType> may = client == null || client.consumes() == null
                ? Set.of()
                : client.consumes().types().keySet();
        Set<EventType> wanted = subscription.interest().types();
        TreeSet<EventType> granted = new TreeSet<>(may);
        TreeSet<EventType> notGranted = new TreeSet<>();
        if (wanted != null) {
            granted.retainAll(wanted);
            notGranted.addAll(wanted);
            notGranted.removeAll(may);
        }
        return new Standing(granted, notGranted);
    }
}
