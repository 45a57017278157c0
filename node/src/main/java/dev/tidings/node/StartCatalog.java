package dev.tidings.node;

import dev.tidings.broker.catalog.Applied;
import dev.tidings.broker.catalog.Catalog;
import dev.tidings.broker.catalog.CatalogProblem;
import dev.tidings.broker.catalog.CatalogRead;
import dev.tidings.broker.catalog.CatalogStore;
import dev.tidings.broker.catalog.CatalogText;
import dev.tidings.broker.catalog.Proposal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Applies the catalog that a node is started with.
final class StartCatalog {
    private static final Logger LOG = LoggerFactory.getLogger(StartCatalog.class);

    private StartCatalog() {}

    /// What the text says; its schemas are looked at when it is applied. A [CannotStart] says what is wrong with it.
    static Catalog read(String text) {
        return switch (CatalogText.read(text, _ -> Optional.empty())) {
            case CatalogRead.Read(var catalog, var _) -> catalog;
            case CatalogRead.Invalid(var problems) -> throw invalid(problems);
        };
    }

    private static CannotStart invalid(List<CatalogProblem> problems) {
        return new CannotStart("the catalog is invalid: " + problems.getFirst());
    }

    /// Returns once it is in force. A [CannotStart] says what is wrong with it.
    static void apply(CatalogStore catalogs, String text) {
        switch (applied(catalogs, text)) {
            case Applied.Changed changed -> {
                changed.warnings().forEach(warning -> LOG.warn("catalog: {}", warning));
                LOG.info(
                        "catalog version {} is in force: {} changes",
                        changed.version(),
                        changed.changes().size());
            }
            case Applied.Unchanged unchanged ->
                LOG.info("catalog version {} stays in force: it is the same", unchanged.version());
            case Applied.Invalid invalid -> throw invalid(invalid.problems());
            case Applied.Conflict conflict ->
                throw new IllegalStateException("a proposal without an expectation was refused: " + conflict);
        }
    }

    private static Applied applied(CatalogStore catalogs, String text) {
        try {
            return catalogs.apply(Proposal.of(text, "--catalog"))
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            throw new CannotStart("the catalog could not be stored", e.getCause() == null ? e : e.getCause());
        }
    }
}
