package dev.tidings.broker.schemas;

import java.net.URI;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// The `$dynamicRef`s of one schema. The library follows every `$ref` when it compiles, but these only when it
/// checks; a schema that leads out of itself must be refused before.
final class DynamicReferences {
    private final Set<String> documents = new HashSet<>();
    private final Set<String> anchors = new HashSet<>();
    private final Set<String> references = new HashSet<>();

    /// The first address that is neither in the schema nor loadable.
    static Optional<String> dangling(JsonNode schema, Predicate<String> loadable) {
        DynamicReferences found = new DynamicReferences();
        found.collect(schema, URI.create(""));
        return found.references.stream()
                .filter(reference -> !found.resolves(reference, loadable))
                .findFirst();
    }

    private void collect(JsonNode node, URI outer) {
        URI base = node.path("$id").isString() ? outer.resolve(node.path("$id").asString()) : outer;
        documents.add(document(base.toString()));
        anchor(node.path("$anchor"));
        anchor(node.path("$dynamicAnchor"));
        if (node.path("$dynamicRef").isString()) {
            String reference = node.path("$dynamicRef").asString();
            references.add(
                    reference.startsWith("#")
                            ? reference
                            : base.resolve(reference).toString());
        }
        for (JsonNode item : node) {
            collect(item, base);
        }
    }

    private void anchor(JsonNode name) {
        if (name.isString()) {
            anchors.add(name.asString());
        }
    }

    private boolean resolves(String reference, Predicate<String> loadable) {
        String document = document(reference);
        if (!document.isEmpty()) {
            return documents.contains(document) || loadable.test(document);
        }
        String fragment = reference.substring(1);
        return fragment.isEmpty() || fragment.startsWith("/") || anchors.contains(fragment);
    }

    private static String document(String address) {
        int fragment = address.indexOf('#');
        return fragment < 0 ? address : address.substring(0, fragment);
    }
}
