package dev.tidings.server.auth;

import dev.tidings.model.ClientName;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/// Whose client certificate a connection came with. Its fingerprint decides; its subject counts only where a trusted
/// authority vouches for it, for anybody can write any subject into a certificate of his own. What is costly
/// to find out is kept with the TLS session; whom it belongs to is asked anew each time.
final class CertificateProof {
    private static final String SEEN = "dev.tidings.client-certificate";

    private final Authorities authorities;
    private final InstantSource clock;

    CertificateProof(Authorities authorities, InstantSource clock) {
        this.authorities = authorities;
        this.clock = clock;
    }

    /// The client, or null where there is no certificate, or it is out of date or nobody's.
    @Nullable
    ClientName client(@Nullable SSLSession session, CredentialIndex index) {
        Seen seen = session == null ? null : look(session);
        Instant now = clock.instant();
        if (seen == null || now.isBefore(seen.notBefore) || now.isAfter(seen.notAfter)) {
            return null;
        }
        ClientName pinned = index.ofFingerprint(seen.fingerprint);
        return pinned != null || seen.subject == null ? pinned : index.ofSubject(seen.subject);
    }

    private @Nullable Seen look(SSLSession session) {
        if (session.getValue(SEEN) instanceof Seen seen && seen.edition == authorities.edition()) {
            return seen;
        }
        Seen seen = examine(session);
        if (seen != null) {
            session.putValue(SEEN, seen);
        }
        return seen;
    }

    private @Nullable Seen examine(SSLSession session) {
        try {
            if (session.getPeerCertificates() instanceof X509Certificate[] chain) {
                Object edition = authorities.edition();
                boolean vouched = authorities.vouchFor(chain);
                return new Seen(
                        KnownCredentials.fingerprint(chain[0]),
                        vouched ? chain[0].getSubjectX500Principal() : null,
                        chain[0].getNotBefore().toInstant(),
                        chain[0].getNotAfter().toInstant(),
                        edition);
            }
            return null;
        } catch (SSLPeerUnverifiedException | CertificateEncodingException _) {
            return null;
        }
    }

    /// @param subject null where no authority vouches for it
    private record Seen(
            String fingerprint,
            @Nullable X500Principal subject,
            Instant notBefore,
            Instant notAfter,
            @Nullable Object edition) {}
}
