package dev.tidings.broker.catalog;

import dev.tidings.model.ClientName;
import dev.tidings.model.DataSize;
import dev.tidings.model.EventType;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A registered client system.
///
/// @param produces null: it is no producer
/// @param consumes null: it is no consumer
/// @param admin    whether it may use the endpoints under `/admin`
public record ClientEntry(
        ClientName name,
        String description,
        List<Credential> credentials,
        @Nullable ProducerRole produces,
        @Nullable ConsumerRole consumes,
        boolean admin,
        Quotas quotas) {
    public ClientEntry {
        credentials = List.copyOf(credentials);
    }

    /// With the queues among what it consumes.
    ClientEntry among(Map<EventType, TypeEntry> entries) {
        return consumes == null
                ? this
                : new ClientEntry(name, description, credentials, produces, consumes.among(entries), admin, quotas);
    }

    /// By what a client proves who it is.
    public sealed interface Credential {
        /// SHA-256 of the DER form of its X.509 certificate, 64 lower-case hexadecimal digits.
        record CertificateFingerprint(String sha256) implements Credential {}

        /// The subject (RFC 2253 form) of a certificate under a trusted authority.
        record CertificateSubject(String subject) implements Credential {}

        /// SHA-256 of a static API key, 64 lower-case hexadecimal digits.
        record ApiKey(String sha256) implements Credential {}

        /// The `sub` claim of a token from the configured issuer.
        record TokenSubject(String subject) implements Credential {}
    }

    /// Which sources it may name, and which types it may send.
    public record ProducerRole(Sources sources, Set<EventType> types) {
        public ProducerRole {
            types = Set.copyOf(types);
        }
    }

    /// The sources a producer may name.
    public sealed interface Sources {
        boolean allow(String source);

        /// Only of the guest of an insecure server.
        record Any() implements Sources {
            @Override
            public boolean allow(String source) {
                return true;
            }
        }

        record Listed(Set<String> sources) implements Sources {
            public Listed {
                sources = Set.copyOf(sources);
            }

            @Override
            public boolean allow(String source) {
                return sources.contains(source);
            }
        }
    }

    /// Which types it may receive.
    ///
    /// @param queues those of them that are queues, each with the name of the group that alone may read it
    public record ConsumerRole(Map<EventType, Grant> types, Map<EventType, String> queues) {
        public ConsumerRole {
            types = Map.copyOf(types);
            queues = Map.copyOf(queues);
        }

        public ConsumerRole(Map<EventType, Grant> types) {
            this(types, Map.of());
        }

        /// With those that are queues by what the catalog says of types.
        ConsumerRole among(Map<EventType, TypeEntry> entries) {
            Map<EventType, String> found = new HashMap<>();
            for (EventType type : types.keySet()) {
                TypeEntry entry = entries.get(type);
                if (entry != null && entry.queue() != null) {
                    found.put(type, entry.queue());
                }
            }
            return new ConsumerRole(types, found);
        }

        /// What one of its groups may read.
        public Map<EventType, Grant> in(String group) {
            Map<EventType, Grant> granted = new HashMap<>(types);
            granted.keySet().removeIf(type -> !queues.getOrDefault(type, group).equals(group));
            return granted;
        }

        /// Whether one of its groups may read an event of a type that was accepted at this time.
        public boolean reveals(String group, EventType type, long acceptedMillis) {
            Grant grant = types.get(type);
            return grant != null
                    && grant.reveals(acceptedMillis)
                    && queues.getOrDefault(type, group).equals(group);
        }

        /// The queues of one of its groups, which it reads whatever else it does.
        public Set<EventType> queuesOf(String group) {
            Set<EventType> owned = new HashSet<>(queues.keySet());
            owned.removeIf(type -> !group.equals(queues.get(type)));
            return owned;
        }
    }

    /// A right to receive a type.
    ///
    /// @param history whether it reveals what was accepted before
    /// @param since   when it was granted, by the store's time of acceptance
    public record Grant(boolean history, Instant since) {
        /// Whether an event accepted at this time is revealed.
        public boolean reveals(long acceptedMillis) {
            return history || acceptedMillis >= since.toEpochMilli();
        }
    }

    /// What a client may use at most; null: the configured default.
    public record Quotas(
            @Nullable Integer eventsPerSecond,
            @Nullable DataSize bytesPerSecond,
            @Nullable Integer instances,
            @Nullable Integer groups,
            @Nullable Integer connections,
            @Nullable Integer subscriptions) {
        /// No client may publish more in a second: the bucket of its bytes fills by at most one in a nanosecond.
        public static final DataSize MOST_BYTES = DataSize.ofMebibytes(900);

        public static final Quotas DEFAULT = new Quotas(null, null, null, null, null, null);
    }
}
