package dev.tidings.broker.schemas;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// The `$ref`s and `$dynamicRef`s of one schema. The library follows most of them when it compiles, but some only
/// when it checks; a schema that leads out of itself must be refused before.
final class References {
    private final Set<String> documents = new HashSet<>();
    private final Set<String> anchors = new HashSet<>();
    private final List<Reference> references = new ArrayList<>();

    /// @param base  the address against which it is meant
    /// @param outer the same without the `$id` beside it, which drafts 6 and 7 disregard
    private record Reference(String text, URI base, URI outer, boolean dynamic) {}

    /// The first reference to what is neither in the schema nor loadable.
    static Optional<String> dangling(JsonNode schema, Predicate<String> loadable) {
        References found = new References();
        found.collect(schema, URI.create(""));
        return found.references.stream()
                .filter(reference -> !found.resolves(reference, loadable))
                .map(Reference::text)
                .findFirst();
    }

    private void collect(JsonNode node, URI outer) {
        URI base = node.path("$id").isString() ? outer.resolve(node.path("$id").asString()) : outer;
        documents.add(document(base));
        anchor(node.path("$anchor"));
        anchor(node.path("$dynamicAnchor"));
        reference(node.path("$ref"), base, outer, false);
        reference(node.path("$dynamicRef"), base, outer, true);
        for (JsonNode item : node.isArray() ? node : List.<JsonNode>of()) {
            collect(item, base);
        }
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            if (!SchemaDraft.LITERALS.contains(member.getKey())) {
                collect(member.getValue(), base);
            }
        }
    }

    private void anchor(JsonNode name) {
        if (name.isString()) {
            anchors.add(name.asString());
        }
    }

    private void reference(JsonNode text, URI base, URI outer, boolean dynamic) {
        if (text.isString()) {
            references.add(new Reference(text.asString(), base, outer, dynamic));
        }
    }

    private boolean resolves(Reference reference, Predicate<String> loadable) {
        if (reference.text.startsWith("#")) {
            return !reference.dynamic || anchored(reference.text.substring(1));
        }
        return present(reference.base.resolve(reference.text), loadable)
                || present(reference.outer.resolve(reference.text), loadable);
    }

    private boolean anchored(String fragment) {
        return fragment.isEmpty() || fragment.startsWith("/") || anchors.contains(fragment);
    }

    private boolean present(URI address, Predicate<String> loadable) {
        String document = document(address);
        return documents.contains(document) || loadable.test(document);
    }

    private static String document(URI address) {
        String text = address.toString();
        int fragment = text.indexOf('#');
        return fragment < 0 ? text : text.substring(0, fragment);
    }
}
