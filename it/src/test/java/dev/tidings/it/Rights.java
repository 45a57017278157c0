package dev.tidings.it;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What a client may do.
///
/// @param sources  whose events it may produce
/// @param produces the types that it may produce
/// @param consumes the types that it may consume
record Rights(Set<String> sources, Set<String> produces, Set<String> consumes, boolean admin) {
    static final Rights NONE = new Rights(Set.of(), Set.of(), Set.of(), false);
    static final Rights ADMIN = new Rights(Set.of(), Set.of(), Set.of(), true);

    static Rights producing(String source, String... types) {
        return new Rights(Set.of(source), Set.of(types), Set.of(), false);
    }

    Rights consuming(String... types) {
        return new Rights(sources, produces, Set.of(types), admin);
    }

    /// As the catalog says it.
    List<String> settings(String... credentials) {
        List<String> lines = new ArrayList<>();
        lines.add("credentials: [{ " + String.join(" }, { ", credentials) + " }]");
        if (!produces.isEmpty()) {
            lines.add("produces: { sources: " + sources + ", types: " + produces + " }");
        }
        if (!consumes.isEmpty()) {
            lines.add("consumes: { types: " + consumes + " }");
        }
        if (admin) {
            lines.add("admin: true");
        }
        return lines;
    }
}
