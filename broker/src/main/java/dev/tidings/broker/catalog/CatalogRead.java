package dev.tidings.broker.catalog;

import java.util.List;

/// What a catalog's text turned out to be.
public sealed interface CatalogRead {
    /// A catalog of version 0, all of whose grants begin at the epoch: version and times are given to it when it
    /// is accepted.
    record Read(Catalog catalog, List<CatalogWarning> warnings) implements CatalogRead {
        public Read {
            warnings = List.copyOf(warnings);
        }
    }

    /// All the problems that one pass could find, in the order of the text, at most [CatalogProblem#MAX_TOLD].
    record Invalid(List<CatalogProblem> problems) implements CatalogRead {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
