package dev.tidings.embedded;

import dev.tidings.broker.catalog.CatalogStore;
import dev.tidings.broker.catalog.Proposal;
import dev.tidings.client.UnavailableException;
import dev.tidings.model.EventType;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/// A catalog that nobody wrote: each type is in it from its first use. Where somebody did write the one in
/// force, that stays as it is. May be used by any thread.
final class OpenCatalog {
    private static final String TITLE = "# Each type from its first use; a catalog that you apply replaces this.\n";

    private final CatalogStore catalogs;

    private OpenCatalog(CatalogStore catalogs) {
        this.catalogs = catalogs;
    }

    static OpenCatalog over(CatalogStore catalogs) {
        return new OpenCatalog(catalogs);
    }

    /// Returns when these types exist. What is no type at all is left to the broker to refuse.
    void know(Collection<String> names) {
        Set<EventType> needed =
                names.stream().map(EventType::parse).flatMap(Optional::stream).collect(Collectors.toSet());
        if (!known().containsAll(needed)) {
            add(needed);
        }
    }

    private synchronized void add(Set<EventType> needed) {
        if (known().containsAll(needed) || !isOpen()) {
            return;
        }
        Set<EventType> all = new TreeSet<>(known());
        all.addAll(needed);
        String types = all.stream().map(type -> "  " + type + ": {}\n").collect(Collectors.joining());
        try {
            catalogs.apply(Proposal.of(TITLE + "types:\n" + types, "embedded"))
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            throw new UnavailableException("new types can't be stored: " + e.getCause());
        }
    }

    private Set<EventType> known() {
        return catalogs.current().types().keySet();
    }

    private boolean isOpen() {
        long version = catalogs.current().version();
        return version == 0
                || catalogs.text(version)
                        .toCompletableFuture()
                        .join()
                        .filter(text -> text.startsWith(TITLE))
                        .isPresent();
    }
}
