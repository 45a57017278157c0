package dev.tidings.server.auth;

import dev.tidings.broker.catalog.Catalog;
import dev.tidings.broker.catalog.ClientEntry;
import dev.tidings.broker.catalog.ClientEntry.Credential;
import dev.tidings.model.ClientName;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The credentials of one catalog, found by what a caller presents. Immutable, so any thread may ask. A
/// credential that two clients claim belongs to neither.
final class CredentialIndex {
    private static final Logger log = LoggerFactory.getLogger(CredentialIndex.class);

    private final ApiKeys keys = new ApiKeys();
    private final Map<String, Owner> fingerprints = new HashMap<>();
    private final Map<X500Principal, Owner> subjects = new HashMap<>();
    private final Map<String, Owner> tokenSubjects = new HashMap<>();

    CredentialIndex(Catalog catalog) {
        for (ClientEntry client : catalog.clients().values()) {
            client.credentials().forEach(credential -> addOrWarn(client.name(), credential));
        }
    }

    @Nullable
    ClientName ofKey(byte[] sha256) {
        return keys.owner(sha256);
    }

    @Nullable
    ClientName ofFingerprint(String sha256) {
        return client(fingerprints.get(sha256));
    }

    @Nullable
    ClientName ofSubject(X500Principal subject) {
        return client(subjects.get(subject));
    }

    @Nullable
    ClientName ofTokenSubject(String subject) {
        return client(tokenSubjects.get(subject));
    }

    private void addOrWarn(ClientName client, Credential credential) {
        try {
            add(client, credential);
        } catch (IllegalArgumentException e) {
            log.warn("a credential of client {} is not well-formed and proves nothing: {}", client, e.getMessage());
        }
    }

    private void add(ClientName client, Credential credential) {
        Owner owner = new Owner(client);
        switch (credential) {
            case Credential.ApiKey(var sha256) -> keys.add(HexFormat.of().parseHex(sha256), client);
            case Credential.CertificateFingerprint(var sha256) -> fingerprints.merge(sha256, owner, Owner::and);
            case Credential.CertificateSubject(var subject) ->
                subjects.merge(new X500Principal(subject), owner, Owner::and);
            case Credential.TokenSubject(var subject) -> tokenSubjects.merge(subject, owner, Owner::and);
        }
    }

    private static @Nullable ClientName client(@Nullable Owner owner) {
        return owner == null ? null : owner.client;
    }

    /// Whose a credential is; nobody's where `client` is null.
    private record Owner(@Nullable ClientName client) {
        Owner and(Owner other) {
            return equals(other) ? this : new Owner(null);
        }
    }
}
