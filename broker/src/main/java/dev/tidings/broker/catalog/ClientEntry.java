package dev.tidings.broker.catalog;

import dev.tidings.model.ClientName;
import dev.tidings.model.DataSize;
import dev.tidings.model.EventType;
import java.time.Instant;
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
    public record ConsumerRole(Map<EventType, Grant> types) {
        public ConsumerRole {
            types = Map.copyOf(types);
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
