package dev.tidings.broker.catalog;

import static dev.tidings.broker.catalog.CatalogRows.CATALOG;
import static dev.tidings.broker.catalog.CatalogRows.HISTORY;
import static dev.tidings.broker.catalog.CatalogRows.TEXT;

import dev.tidings.engine.Appended;
import dev.tidings.engine.Batch;
import dev.tidings.engine.Batch.StateChange;
import dev.tidings.engine.Engine;
import dev.tidings.model.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletionStage;

/// The versions of the catalog in the engine's tables. Stages complete on a thread of the engine's when what was
/// written is durable; exceptionally with [dev.tidings.engine.Unavailable].
final class CatalogShelf {
    private final Engine engine;
    private final CatalogConfig config;

    CatalogShelf(Engine engine, CatalogConfig config) {
        this.engine = engine;
        this.config = config;
    }

    /// The newest version stored; 0 where there is none.
    long newest() {
        SortedMap<String, Bytes> rows = engine.states().rows(HISTORY);
        return rows.isEmpty() ? 0 : Long.parseLong(rows.lastKey());
    }

    Optional<String> text(long version) {
        return engine.states().get(CATALOG, TEXT + CatalogRows.key(version)).map(CatalogRows::text);
    }

    /// The newest version first.
    List<CatalogVersion> history() {
        List<CatalogVersion> versions = new ArrayList<>();
        engine.states().rows(HISTORY).values().forEach(row -> versions.add(CatalogRows.history(row)));
        return versions.reversed();
    }

    /// A stored version, with the times of its grants. What was accepted once is not checked again.
    Catalog load(long version) {
        String text = text(version).orElseThrow(() -> unreadable(version, "its text is missing"));
        var times = engine.states()
                .get(CATALOG, CatalogRows.GRANTS)
                .map(CatalogRows::grants)
                .orElseThrow(() -> unreadable(version, "the times of its grants are missing"));
        return switch (CatalogText.read(text, _ -> Optional.empty())) {
            case CatalogRead.Read(var catalog, var _) -> Grants.stamped(catalog, version, times, Instant.EPOCH);
            case CatalogRead.Invalid(var problems) ->
                throw unreadable(version, problems.getFirst().toString());
        };
    }

    private static IllegalStateException unreadable(long version, String why) {
        return new IllegalStateException("the stored catalog, version " + version + ", cannot be read: " + why);
    }

    /// Writes down that a version is proposed. The time of acceptance this gets is the one at which the new
    /// version's grants begin: nothing stored before is younger.
    CompletionStage<Instant> propose(Proposal proposal, long version) {
        return append(List.of(CatalogRows.proposed(proposal, version)));
    }

    /// Stores a version whole, and forgets the oldest ones that are too many.
    CompletionStage<Instant> accept(Catalog catalog, String text, CatalogVersion version) {
        List<StateChange> changes = new ArrayList<>();
        changes.add(CatalogRows.text(catalog.version(), text));
        changes.add(CatalogRows.grants(catalog));
        changes.add(CatalogRows.history(version));
        changes.add(new StateChange.Remove(CATALOG, CatalogRows.PROPOSED));
        forget(changes, catalog.version());
        return append(changes);
    }

    private void forget(List<StateChange> changes, long newest) {
        String oldestKept = CatalogRows.key(Math.max(1, newest - config.keptVersions() + 1));
        for (String key : engine.states().rows(HISTORY).headMap(oldestKept).keySet()) {
            changes.add(new StateChange.Remove(HISTORY, key));
        }
        long room = config.keptText().bytes();
        SortedMap<String, Bytes> texts = engine.states().rows(CATALOG).tailMap(TEXT);
        for (Map.Entry<String, Bytes> text : List.copyOf(texts.entrySet()).reversed()) {
            room -= text.getValue().length();
            if (room < 0 || text.getKey().compareTo(TEXT + oldestKept) < 0) {
                changes.add(new StateChange.Remove(CATALOG, text.getKey()));
            }
        }
    }

    private CompletionStage<Instant> append(List<StateChange> changes) {
        return engine.log().append(Batch.ofStates(changes)).thenApply(Appended::at);
    }
}
