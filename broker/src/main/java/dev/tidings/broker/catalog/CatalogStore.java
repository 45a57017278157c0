package dev.tidings.broker.catalog;

import dev.tidings.engine.Engine;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// The catalog as it is kept in the store: versioned, audited, and in force the moment it is durable. Proposals
/// are accepted one after the other. May be used by any thread.
public final class CatalogStore implements Catalogs {
    private final CatalogShelf shelf;
    private final CatalogConfig config;
    private final SchemaCheck schemas;
    private final Executor worker;
    private final List<Consumer<Catalog>> listeners = new CopyOnWriteArrayList<>();
    private final Object queue = new Object();

    /// What is stored; without the guest.
    private volatile Catalog stored = Catalog.EMPTY;

    private volatile Catalog current = Catalog.EMPTY;

    /// The proposal after which the next one is taken up. Guarded by the queue.
    private CompletionStage<Applied> last = CompletableFuture.completedStage(new Applied.Unchanged(0, List.of()));

    /// Loads what the engine holds.
    ///
    /// @param worker runs what takes its time (reading a text, waiting for the store); never an event loop
    public CatalogStore(Engine engine, CatalogConfig config, SchemaCheck schemas, Executor worker) {
        this.shelf = new CatalogShelf(engine, config);
        this.config = config;
        this.schemas = schemas;
        this.worker = worker;
        long newest = shelf.newest();
        adopt(newest == 0 ? Catalog.EMPTY : shelf.load(newest));
    }

    @Override
    public Catalog current() {
        return current;
    }

    @Override
    public void onChange(Consumer<Catalog> listener) {
        listeners.add(listener);
    }

    /// Puts a catalog in force. Completes when it is durable and in force, the listeners told; exceptionally with
    /// [dev.tidings.engine.Unavailable]. What is in force already, letter for letter, makes no new version.
    public CompletionStage<Applied> apply(Proposal proposal) {
        synchronized (queue) {
            last = last.handle((_, _) -> proposal).thenComposeAsync(this::accepted, worker);
            return last;
        }
    }

    /// Tells what [#apply] would do, and does nothing.
    public CompletionStage<Applied> rehearse(Proposal proposal) {
        return CompletableFuture.supplyAsync(() -> judged(proposal).verdict, worker);
    }

    /// The YAML of a version, where it is still kept.
    public CompletionStage<Optional<String>> text(long version) {
        return CompletableFuture.supplyAsync(() -> shelf.text(version), worker);
    }

    /// The versions, newest first.
    public CompletionStage<List<CatalogVersion>> history() {
        return CompletableFuture.supplyAsync(shelf::history, worker);
    }

    private CompletionStage<Applied> accepted(Proposal proposal) {
        catchUp();
        Judged judged = judged(proposal);
        return judged.verdict instanceof Applied.Changed changed
                ? shelf.propose(proposal, changed.version())
                        .thenCompose(at -> accepted(proposal, judged.catalog, changed, at))
                : CompletableFuture.completedStage(judged.verdict);
    }

    private CompletionStage<Applied> accepted(Proposal proposal, Catalog catalog, Applied.Changed changed, Instant at) {
        Catalog next = Grants.stamped(catalog, changed.version(), Grants.times(stored), at);
        var version = new CatalogVersion(next.version(), at, proposal.by(), changed.changes());
        return shelf.accept(next, proposal.text(), version)
                .thenApplyAsync(
                        _ -> {
                            adopt(next);
                            listeners.forEach(listener -> listener.accept(current));
                            return changed;
                        },
                        worker);
    }

    /// Takes over a version that was stored though its append was answered with an unknown effect.
    private void catchUp() {
        long newest = shelf.newest();
        if (newest > stored.version()) {
            adopt(shelf.load(newest));
            listeners.forEach(listener -> listener.accept(current));
        }
    }

    private void adopt(Catalog catalog) {
        stored = catalog;
        current = config.access() == CatalogConfig.Access.EVERYBODY ? Guest.in(catalog) : catalog;
    }

    private record Judged(Applied verdict, Catalog catalog) {}

    private Judged judged(Proposal proposal) {
        Catalog before = stored;
        Long expected = proposal.expected();
        if (expected != null && expected != before.version()) {
            return new Judged(new Applied.Conflict(expected, before.version()), before);
        }
        return switch (CatalogText.read(proposal.text(), untested(before))) {
            case CatalogRead.Invalid(var problems) -> new Judged(new Applied.Invalid(problems), before);
            case CatalogRead.Read(var catalog, var warnings) ->
                new Judged(verdict(proposal.text(), before, catalog, warnings), catalog);
        };
    }

    private Applied verdict(String text, Catalog before, Catalog after, List<CatalogWarning> warnings) {
        if (shelf.text(before.version()).equals(Optional.of(text))) {
            return new Applied.Unchanged(before.version(), warnings);
        }
        List<String> changes = CatalogDiff.between(before, after);
        return new Applied.Changed(
                before.version() + 1, changes.isEmpty() ? List.of("~ comments or layout only") : changes, warnings);
    }

    /// Spares the schemas in force: they are known to compile.
    private SchemaCheck untested(Catalog inForce) {
        Set<String> known = new HashSet<>();
        inForce.types().values().forEach(type -> {
            if (type.schema() != null) {
                known.add(type.schema());
            }
        });
        return schema -> known.contains(schema) ? Optional.empty() : schemas.flaw(schema);
    }
}
