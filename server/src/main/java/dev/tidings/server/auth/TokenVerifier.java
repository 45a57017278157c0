package dev.tidings.server.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Verifies tokens of the configured issuer (RFC 7519, and RFC 8725 for what not to trust): the algorithm is one of
/// those pinned and never what the token would like, the key is one of the issuer's, `iss`, `aud`, `exp` and `nbf`
/// are right, `sub` is there. May block while the issuer's keys are fetched.
final class TokenVerifier {
    private static final int LONGEST = 16 * 1024;
    private static final Set<JOSEObjectType> TYPES =
            Set.of(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt"));

    private final IssuerConfig config;
    private final SigningKeys keys;
    private final InstantSource clock;
    private final Set<JWSAlgorithm> pinned;
    private final DefaultJWSVerifierFactory verifiers = new DefaultJWSVerifierFactory();

    TokenVerifier(IssuerConfig config, SigningKeys keys, InstantSource clock) {
        this.config = config;
        this.keys = keys;
        this.clock = clock;
        this.pinned = config.pinned();
    }

    /// Whether the text has the shape of a signed token at all; an API key in that shape is looked up first.
    static boolean looksLikeToken(String text) {
        int first = text.indexOf('.');
        int second = text.indexOf('.', first + 1);
        return text.startsWith("ey")
                && second > first + 1
                && text.indexOf('.', second + 1) < 0
                && text.length() <= LONGEST;
    }

    /// The token, or null where anything about it is wrong.
    @Nullable
    VerifiedToken verify(String text) {
        try {
            SignedJWT token = SignedJWT.parse(text);
            JWSHeader header = token.getHeader();
            return acceptable(header) && signed(token) ? judge(token.getJWTClaimsSet()) : null;
        } catch (ParseException _) {
            return null;
        }
    }

    private boolean acceptable(JWSHeader header) {
        return pinned.contains(header.getAlgorithm()) && (header.getType() == null || TYPES.contains(header.getType()));
    }

    private boolean signed(SignedJWT token) {
        for (JWK key : keys.candidates(token.getHeader())) {
            if (!KeyUse.ENCRYPTION.equals(key.getKeyUse()) && signedBy(key, token)) {
                return true;
            }
        }
        return false;
    }

    private boolean signedBy(JWK key, SignedJWT token) {
        if (!(key instanceof AsymmetricJWK asymmetric)) {
            return false;
        }
        try {
            return token.verify(verifiers.createJWSVerifier(token.getHeader(), asymmetric.toPublicKey()));
        } catch (JOSEException _) {
            return false;
        }
    }

    private @Nullable VerifiedToken judge(JWTClaimsSet claims) {
        Instant now = clock.instant();
        Instant expiry = instant(claims.getExpirationTime());
        Instant notBefore = instant(claims.getNotBeforeTime());
        String subject = claims.getSubject();
        if (subject == null || expiry == null || !Objects.equals(config.issuer(), claims.getIssuer())) {
            return null;
        }
        Instant until = expiry.plus(config.skew());
        boolean begun = notBefore == null || !now.plus(config.skew()).isBefore(notBefore);
        boolean forUs = claims.getAudience().contains(config.audience());
        return begun && forUs && now.isBefore(until) ? new VerifiedToken(subject, until) : null;
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }
}
