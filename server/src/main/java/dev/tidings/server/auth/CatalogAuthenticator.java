package dev.tidings.server.auth;

import dev.tidings.model.Caller;
import dev.tidings.model.ClientName;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Knows a caller by the credentials in the catalog: a client certificate, or a bearer token that is a static API
/// key or a JSON Web Token of the configured issuer. Credentials of two different clients in one request are
/// nobody's. The answer never tells which part of a credential was wrong.
public final class CatalogAuthenticator implements Authenticator {
    private static final String SCHEME = "Bearer ";
    private static final Authentication UNKNOWN = new Authentication.Unknown(Refusal.of(
            ErrorCode.UNAUTHENTICATED,
            "the request needs the credential of one registered client: an API key or a token as 'Authorization:"
                    + " Bearer …', or a client certificate; it has none, or none that is known, or those of two"
                    + " clients"));
    private static final CompletionStage<Authentication> NOBODY = CompletableFuture.completedStage(UNKNOWN);

    private final KnownCredentials known;
    private final CertificateProof certificates;
    private final @Nullable Tokens tokens;

    /// @param tokens null where no issuer is configured
    public CatalogAuthenticator(
            KnownCredentials known, Authorities authorities, @Nullable Tokens tokens, InstantSource clock) {
        this.known = known;
        this.certificates = new CertificateProof(authorities, clock);
        this.tokens = tokens;
    }

    @Override
    public CompletionStage<Authentication> authenticate(Credentials credentials) {
        CredentialIndex index = known.index();
        ClientName certified = certificates.client(credentials.tls(), index);
        String header = credentials.authorization();
        if (header == null) {
            return CompletableFuture.completedStage(answer(certified));
        }
        return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? bearer(header.substring(SCHEME.length()).strip(), index, certified)
                : NOBODY;
    }

    private CompletionStage<Authentication> bearer(String text, CredentialIndex index, @Nullable ClientName certified) {
        Digest digest = Digest.of(text);
        ClientName owner = index.ofKey(digest.bytes());
        if (owner == null && tokens != null && TokenVerifier.looksLikeToken(text)) {
            return tokens.subject(text, digest)
                    .thenApply(subject -> agree(subject == null ? null : index.ofTokenSubject(subject), certified));
        }
        return CompletableFuture.completedStage(agree(owner, certified));
    }

    private static Authentication agree(@Nullable ClientName bearer, @Nullable ClientName certified) {
        return certified == null || certified.equals(bearer) ? answer(bearer) : UNKNOWN;
    }

    private static Authentication answer(@Nullable ClientName client) {
        return client == null ? UNKNOWN : new Authentication.Known(new Caller(client));
    }
}
