package dev.tidings.broker.catalog;

import dev.tidings.broker.catalog.ClientEntry.ConsumerRole;
import dev.tidings.broker.catalog.ClientEntry.Credential;
import dev.tidings.broker.catalog.ClientEntry.Grant;
import dev.tidings.broker.catalog.ClientEntry.ProducerRole;
import dev.tidings.broker.catalog.ClientEntry.Quotas;
import dev.tidings.broker.catalog.ClientEntry.Sources;
import dev.tidings.engine.RetentionRules;
import dev.tidings.model.DurationText;
import dev.tidings.model.EventType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Tells the difference between two catalogs, a line a change: `+ type X`, `- client Y`, `~ client Y: …`. Versions
/// and the times of grants are no difference. Pure.
public final class CatalogDiff {
    private final List<String> lines = new ArrayList<>();

    private CatalogDiff() {}

    /// Nothing where the two say the same.
    public static List<String> between(Catalog before, Catalog after) {
        CatalogDiff diff = new CatalogDiff();
        diff.entries("type", before.types(), after.types(), diff::type);
        diff.entries("client", before.clients(), after.clients(), diff::client);
        return List.copyOf(diff.lines);
    }

    /// Tells the changes of one entry that both have.
    private interface Changes<V> {
        void tell(String what, V before, V after);
    }

    private <K extends Comparable<K>, V> void entries(
            String kind, SortedMap<K, V> before, SortedMap<K, V> after, Changes<V> changes) {
        Set<K> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        for (K key : keys) {
            V old = before.get(key);
            V now = after.get(key);
            if (old != null && now != null) {
                changes.tell(kind + " " + key, old, now);
            } else {
                lines.add((old == null ? "+ " : "- ") + kind + " " + key);
            }
        }
    }

    private void type(String what, TypeEntry before, TypeEntry after) {
        changed(what, "description", before.description().equals(after.description()));
        schema(what, before.schema(), after.schema());
        retention(what, before.retention(), after.retention());
        value(what, "max-size", before.maxSize(), after.maxSize());
        value(
                what,
                "deduplication",
                DurationText.print(before.deduplication()),
                DurationText.print(after.deduplication()));
        value(what, "queue", before.queue(), after.queue());
        value(what, "dataref", before.refers(), after.refers());
        value(what, "delivery-rate", before.delivery().rate(), after.delivery().rate());
        value(
                what,
                "delivery-concurrency",
                before.delivery().concurrency(),
                after.delivery().concurrency());
    }

    private void schema(String what, @Nullable String before, @Nullable String after) {
        if (!Objects.equals(before, after)) {
            line(what, "schema " + (before == null ? "added" : after == null ? "removed" : "changed"));
        }
    }

    private void retention(String what, RetentionRules.Rule before, RetentionRules.Rule after) {
        value(what, "retention.age", DurationText.print(before.age()), DurationText.print(after.age()));
        value(what, "retention.count", before.count(), after.count());
        value(what, "retention.size", before.size(), after.size());
        value(what, "retention.until-consumed", before.untilConsumed(), after.untilConsumed());
    }

    private void client(String what, ClientEntry before, ClientEntry after) {
        changed(what, "description", before.description().equals(after.description()));
        gainedAndLost(what, credentials(before), credentials(after));
        gainedAndLost(what, sources(before.produces()), sources(after.produces()));
        gainedAndLost(what, produced(before.produces()), produced(after.produces()));
        role(what, "producer", before.produces(), after.produces());
        role(what, "consumer", before.consumes(), after.consumes());
        grants(what, grants(before.consumes()), grants(after.consumes()));
        value(what, "admin", before.admin(), after.admin());
        quotas(what, before.quotas(), after.quotas());
    }

    private void quotas(String what, Quotas before, Quotas after) {
        value(what, "quotas.events-per-second", before.eventsPerSecond(), after.eventsPerSecond());
        value(what, "quotas.bytes-per-second", before.bytesPerSecond(), after.bytesPerSecond());
        value(what, "quotas.instances", before.instances(), after.instances());
        value(what, "quotas.groups", before.groups(), after.groups());
        value(what, "quotas.connections", before.connections(), after.connections());
        value(what, "quotas.subscriptions", before.subscriptions(), after.subscriptions());
    }

    private void role(String what, String role, @Nullable Object before, @Nullable Object after) {
        if ((before == null) != (after == null)) {
            line(what, (after == null ? "no " + role + " any more" : "is a " + role + " now"));
        }
    }

    private void grants(String what, Map<EventType, Grant> before, Map<EventType, Grant> after) {
        gainedAndLost(what, grantLines(before.keySet()), grantLines(after.keySet()));
        for (EventType type : new TreeSet<>(before.keySet())) {
            Grant old = before.get(type);
            Grant now = after.get(type);
            if (old != null && now != null && old.history() != now.history()) {
                line(what, "grant " + type + (now.history() ? " reveals history now" : " hides history now"));
            }
        }
    }

    private void gainedAndLost(String what, Set<String> before, Set<String> after) {
        after.stream().filter(item -> !before.contains(item)).forEach(item -> line(what, item + " added"));
        before.stream().filter(item -> !after.contains(item)).forEach(item -> line(what, item + " removed"));
    }

    private void value(String what, String key, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            line(what, key + " " + printed(before) + " -> " + printed(after));
        }
    }

    private void changed(String what, String key, boolean same) {
        if (!same) {
            line(what, key + " changed");
        }
    }

    private void line(String what, String change) {
        lines.add("~ " + what + ": " + change);
    }

    private static String printed(@Nullable Object value) {
        return value == null ? "(none)" : value.toString();
    }

    private static Set<String> credentials(ClientEntry entry) {
        return sorted(entry.credentials(), CatalogDiff::credential);
    }

    /// Enough of a hash to tell which one is meant.
    private static String credential(Credential credential) {
        return switch (credential) {
            case Credential.ApiKey(var hash) -> "credential api-key-sha256 " + hash.substring(0, 8) + "…";
            case Credential.CertificateFingerprint(var hash) ->
                "credential certificate-sha256 " + hash.substring(0, 8) + "…";
            case Credential.CertificateSubject(var subject) -> "credential certificate-subject " + subject;
            case Credential.TokenSubject(var subject) -> "credential token-subject " + subject;
        };
    }

    private static Set<String> sources(@Nullable ProducerRole role) {
        if (role == null) {
            return Set.of();
        }
        return switch (role.sources()) {
            case Sources.Any _ -> Set.of("any source");
            case Sources.Listed(var sources) -> sorted(sources, source -> "source " + source);
        };
    }

    private static Set<String> produced(@Nullable ProducerRole role) {
        return role == null ? Set.of() : sorted(role.types(), type -> "right to produce " + type);
    }

    private static Map<EventType, Grant> grants(@Nullable ConsumerRole role) {
        return role == null ? Map.of() : role.types();
    }

    private static Set<String> grantLines(Set<EventType> types) {
        return sorted(types, type -> "grant " + type);
    }

    private static <T> Set<String> sorted(Collection<T> items, Function<T, String> line) {
        Set<String> lines = new TreeSet<>();
        items.forEach(item -> lines.add(line.apply(item)));
        return lines;
    }
}
