package dev.tidings.it;

import java.util.ArrayList;
import java.util.List;

/// A catalog as text. The API key of each client is its name.
public record CatalogText(List<String> types, List<String> clients) {
    static final CatalogText EMPTY = new CatalogText(List.of(), List.of());

    CatalogText type(String name) {
        return type(name, "{}");
    }

    /// @param settings YAML in flow style, as `{ max-size: 1KiB }`
    CatalogText type(String name, String settings) {
        return new CatalogText(and(types, "  " + name + ": " + settings + "\n"), clients);
    }

    /// @param settings lines of YAML, as `consumes: { types: [A.B.C.Done] }`
    CatalogText client(String name, String... settings) {
        String key = "credentials: [{ api-key-sha256: " + Digests.sha256(name) + " }]";
        return clientWith(name, and(List.of(key), settings));
    }

    /// A client with credentials of another kind.
    CatalogText clientWith(String name, List<String> settings) {
        return new CatalogText(types, and(clients, "  " + name + ":\n    " + String.join("\n    ", settings) + "\n"));
    }

    @Override
    public String toString() {
        return "types:" + section(types) + "clients:" + section(clients);
    }

    private static String section(List<String> entries) {
        return entries.isEmpty() ? " {}\n" : "\n" + String.join("", entries);
    }

    private static List<String> and(List<String> lines, String... more) {
        List<String> all = new ArrayList<>(lines);
        all.addAll(List.of(more));
        return all;
    }
}
