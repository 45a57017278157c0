package dev.tidings.broker.catalog;

import dev.tidings.model.ErrorCode;
import dev.tidings.model.Flaw;
import dev.tidings.model.Refusal;
import java.util.ArrayList;
import java.util.List;

/// What became of a [Proposal].
public sealed interface Applied {
    /// It is durable and in force (or would be, where it was rehearsed).
    ///
    /// @param version its version
    /// @param changes what it changes, as [CatalogDiff] tells it
    record Changed(long version, List<String> changes, List<CatalogWarning> warnings) implements Applied {
        public Changed {
            changes = List.copyOf(changes);
            warnings = List.copyOf(warnings);
        }
    }

    /// It is, letter for letter, what is in force.
    record Unchanged(long version, List<CatalogWarning> warnings) implements Applied {
        public Unchanged {
            warnings = List.copyOf(warnings);
        }
    }

    /// Its text is no valid catalog.
    record Invalid(List<CatalogProblem> problems) implements Applied {
        public Invalid {
            problems = List.copyOf(problems);
        }

        public Refusal refusal() {
            List<Flaw> flaws = new ArrayList<>();
            for (CatalogProblem problem : problems) {
                flaws.add(new Flaw(flaws.size(), null, problem.path(), problem.toString()));
            }
            return Refusal.of(
                    ErrorCode.INVALID_CATALOG,
                    "The catalog has " + (problems.size() == 1 ? "a problem" : problems.size() + " problems")
                            + " and was not applied; first, " + problems.getFirst(),
                    flaws);
        }
    }

    /// Another version is in force than the proposal expects.
    record Conflict(long expected, long current) implements Applied {
        public Refusal refusal() {
            return Refusal.of(
                    ErrorCode.VERSION_CONFLICT,
                    "The proposal expects version " + expected + " of the catalog, and version " + current
                            + " is in force; read it, merge, and apply again");
        }
    }
}
