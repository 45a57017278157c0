package dev.tidings.broker.catalog;

import dev.tidings.model.ClientName;
import dev.tidings.model.EventType;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads catalogs from their YAML text. What it looks like stands in `docs/guide/catalog.md`.
public final class CatalogText {
    private CatalogText() {}

    /// Reads the text whole, and tells every problem it has. Pure, but for what the schema check does.
    public static CatalogRead read(String text, SchemaCheck schemas) {
        Problems problems = new Problems();
        Yaml root = YamlReader.read(text, problems);
        Catalog catalog = root == null ? Catalog.EMPTY : catalog(root, problems, schemas);
        return problems.isEmpty()
                ? new CatalogRead.Read(catalog, CatalogLinter.lint(catalog))
                : new CatalogRead.Invalid(problems.inOrder());
    }

    private static Catalog catalog(Yaml root, Problems problems, SchemaCheck schemas) {
        Fields fields = Fields.of(root, problems, "types", "clients");
        if (!fields.has("types") && !fields.has("clients")) {
            problems.add(root.place(), "expected 'types' and 'clients', found neither");
        }
        Yaml types = fields.get("types");
        Yaml clients = fields.get("clients");
        SortedMap<EventType, TypeEntry> existing =
                types == null ? new TreeMap<>() : new TypeReader(problems, schemas).read(types);
        Set<String> names = types instanceof Yaml.Mapping(var _, var members) ? members.keySet() : Set.of();
        SortedMap<ClientName, ClientEntry> registered =
                clients == null ? new TreeMap<>() : new ClientReader(problems, names).read(clients);
        Queues.judge(existing, registered, clients, problems);
        registered.replaceAll((_, client) -> client.among(existing));
        return new Catalog(0, existing, registered);
    }
}
