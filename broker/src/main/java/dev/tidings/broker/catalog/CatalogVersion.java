package dev.tidings.broker.catalog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A version of the catalog in the audit trail.
///
/// @param at      when it was accepted, by the store's time
/// @param by      who proposed it
/// @param changes what it changed; of very many, the first
public record CatalogVersion(long version, Instant at, String by, List<String> changes) {
    static final int MAX_CHANGES = 200;

    public CatalogVersion {
        changes = shortened(changes);
    }

    private static List<String> shortened(List<String> changes) {
        if (changes.size() <= MAX_CHANGES) {
            return List.copyOf(changes);
        }
        List<String> first = new ArrayList<>(changes.subList(0, MAX_CHANGES - 1));
        first.add("… and " + (changes.size() - MAX_CHANGES + 1) + " more");
        return List.copyOf(first);
    }
}
