package dev.tidings.broker.catalog;

import dev.tidings.broker.catalog.ClientEntry.ConsumerRole;
import dev.tidings.broker.catalog.ClientEntry.Credential;
import dev.tidings.broker.catalog.ClientEntry.Grant;
import dev.tidings.broker.catalog.ClientEntry.ProducerRole;
import dev.tidings.broker.catalog.ClientEntry.Quotas;
import dev.tidings.broker.catalog.ClientEntry.Sources;
import dev.tidings.model.ClientName;
import dev.tidings.model.DataSize;
import dev.tidings.model.EventType;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads the `clients` of a catalog.
final class ClientReader {
    private static final int MAX_QUOTA = 1_000_000_000;
    private static final String RATE = "a size such as 65536, 64KiB or 10MiB, above 0 and at most " + Quotas.MOST_BYTES;

    private final Problems problems;
    private final CredentialReader credentials;
    private final Set<String> types;

    /// @param types the names of the types that exist
    ClientReader(Problems problems, Set<String> types) {
        this.problems = problems;
        this.credentials = new CredentialReader(problems);
        this.types = types;
    }

    SortedMap<ClientName, ClientEntry> read(Yaml node) {
        SortedMap<ClientName, ClientEntry> clients = new TreeMap<>();
        Fields.members(node, problems).forEach((key, value) -> {
            ClientName name = name(key, value.place());
            if (name != null) {
                clients.put(name, entry(name, value));
            }
        });
        return clients;
    }

    private @Nullable ClientName name(String key, Yaml.Place place) {
        ClientName name = ClientName.parse(key).orElse(null);
        if (name == null) {
            problems.add(
                    place,
                    "expected a client's name: 1 to 100 letters, digits, '.', '_' and '-', beginning with a letter"
                            + " or digit");
        } else if (name.equals(Guest.NAME)) {
            problems.add(place, "'" + Guest.NAME + "' is the guest of an insecure server; choose another name");
        }
        return name;
    }

    private ClientEntry entry(ClientName name, Yaml node) {
        Fields fields =
                Fields.of(node, problems, "description", "credentials", "produces", "consumes", "admin", "quotas");
        List<Credential> proofs = fields.items("credentials").stream()
                .map(credentials::read)
                .filter(Objects::nonNull)
                .toList();
        return new ClientEntry(
                name,
                fields.text("description"),
                proofs,
                producer(fields.get("produces")),
                consumer(fields.get("consumes")),
                fields.flag("admin"),
                quotas(fields.get("quotas")));
    }

    private @Nullable ProducerRole producer(@Nullable Yaml node) {
        if (node == null) {
            return null;
        }
        Fields fields = Fields.of(node, problems, "sources", "types");
        Set<String> sources = new HashSet<>();
        for (Yaml item : fields.items("sources")) {
            String source = Fields.text(item, problems, "a source");
            if (source != null && isSource(source, item.place()) && !sources.add(source)) {
                problems.add(item.place(), "the source '" + source + "' is listed twice; remove one");
            }
        }
        Set<EventType> produced = new HashSet<>();
        for (Yaml item : fields.items("types")) {
            EventType type = existing(item);
            if (type != null && !produced.add(type)) {
                problems.add(item.place(), "the type '" + type + "' is listed twice; remove one");
            }
        }
        return new ProducerRole(new Sources.Listed(sources), produced);
    }

    private boolean isSource(String source, Yaml.Place place) {
        try {
            if (!source.isEmpty() && new URI(source).toASCIIString().equals(source)) {
                return true;
            }
        } catch (URISyntaxException _) {
            // told below
        }
        problems.add(
                place,
                "expected a source: a non-empty URI or URI reference such as https://shop.example.org or /shop/web,"
                        + " found '" + source + "'");
        return false;
    }

    private @Nullable ConsumerRole consumer(@Nullable Yaml node) {
        if (node == null) {
            return null;
        }
        Map<EventType, Grant> grants = new HashMap<>();
        for (Yaml item : Fields.of(node, problems, "types").items("types")) {
            boolean history = false;
            Yaml name = item;
            if (item instanceof Yaml.Mapping) {
                Fields fields = Fields.of(item, problems, "type", "history");
                history = fields.flag("history");
                name = fields.get("type");
            }
            EventType type = name == null ? null : existing(name);
            if (name == null) {
                problems.add(item.place(), "expected a type's name, or { type: …, history: true }; 'type' is missing");
            } else if (type != null && grants.put(type, new Grant(history, Instant.EPOCH)) != null) {
                problems.add(item.place(), "the type '" + type + "' is listed twice; remove one");
            }
        }
        return new ConsumerRole(grants);
    }

    private @Nullable EventType existing(Yaml node) {
        String name = Fields.text(node, problems, "the name of a type");
        if (name == null) {
            return null;
        }
        if (!types.contains(name)) {
            problems.addWithHint(
                    node.place(), "there is no type '" + name + "' under 'types'; define it there", name, types);
            return null;
        }
        return EventType.parse(name).orElse(null);
    }

    private Quotas quotas(@Nullable Yaml node) {
        if (node == null) {
            return Quotas.DEFAULT;
        }
        Fields fields = Fields.of(
                node,
                problems,
                "events-per-second",
                "bytes-per-second",
                "instances",
                "groups",
                "connections",
                "subscriptions");
        return new Quotas(
                quota(fields, "events-per-second"),
                fields.formed(
                        "bytes-per-second",
                        RATE,
                        text -> DataSize.parse(text)
                                .filter(size -> size.bytes() > 0 && size.compareTo(Quotas.MOST_BYTES) <= 0)),
                quota(fields, "instances"),
                quota(fields, "groups"),
                quota(fields, "connections"),
                quota(fields, "subscriptions"));
    }

    private static @Nullable Integer quota(Fields fields, String key) {
        Long quota = fields.count(key, MAX_QUOTA);
        return quota == null ? null : Math.toIntExact(quota);
    }
}
