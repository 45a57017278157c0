package dev.tidings.broker.catalog;

import dev.tidings.model.NearestName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// Gathers what is wrong with a text, up to a bound.
final class Problems {
    private final List<CatalogProblem> found = new ArrayList<>();

    void add(Yaml.Place place, String reason) {
        if (found.size() < CatalogProblem.MAX_TOLD) {
            found.add(new CatalogProblem(place.line(), place.column(), place.path(), reason));
        }
    }

    /// Adds a problem that ends with the nearest known name. (The search is spared once enough is told.)
    void addWithHint(Yaml.Place place, String reason, String name, Collection<String> known) {
        if (found.size() < CatalogProblem.MAX_TOLD) {
            add(place, reason + NearestName.hint(name, known));
        }
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    List<CatalogProblem> inOrder() {
        return found.stream()
                .sorted(Comparator.comparingInt(CatalogProblem::line).thenComparingInt(CatalogProblem::column))
                .toList();
    }
}
