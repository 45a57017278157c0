package dev.tidings.server.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// An OIDC issuer for tests: has keys, publishes them, signs tokens, can be out of reach.
final class Issuer implements KeySetSource {
    static final String NAME = "https://login.example";
    static final String AUDIENCE = "tidings";
    static final IssuerConfig CONFIG = IssuerConfig.of(NAME, AUDIENCE, URI.create("keys.json"));

    private static final List<RSAKey> POOL = generate();
    private static final AtomicInteger DRAWN = new AtomicInteger();

    private final List<JWK> keys = new ArrayList<>();
    int fetches;
    boolean reachable = true;

    /// Keys are dear to make, so all issuers take turns with two: any two keys drawn one after the other differ.
    RSAKey addRsa(String id) {
        RSAKey key = new RSAKey.Builder(POOL.get(DRAWN.getAndIncrement() % POOL.size()))
                .keyID(id)
                .build();
        keys.add(key);
        return key;
    }

    private static List<RSAKey> generate() {
        try {
            return List.of(new RSAKeyGenerator(2048).generate(), new RSAKeyGenerator(2048).generate());
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    ECKey addEc(String id) {
        try {
            ECKey key = new ECKeyGenerator(Curve.P_256).keyID(id).generate();
            keys.add(key);
            return key;
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    void remove(JWK key) {
        keys.remove(key);
    }

    @Override
    public String fetch() throws IOException {
        fetches++;
        if (!reachable) {
            throw new IOException("no route to the issuer");
        }
        return new JWKSet(keys).toString();
    }

    /// Claims that are right in every respect at this time.
    static JWTClaimsSet.Builder claims(Instant now) {
        return new JWTClaimsSet.Builder()
                .issuer(NAME)
                .audience(AUDIENCE)
                .subject("system-a")
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)));
    }

    static String sign(JWSHeader.Builder header, JWK key, JWTClaimsSet claims) {
        try {
            SignedJWT token = new SignedJWT(header.build(), claims);
            JWSSigner signer = key instanceof RSAKey rsa ? new RSASSASigner(rsa) : new ECDSASigner(key.toECKey());
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static String sign(JWSAlgorithm algorithm, JWK key, JWTClaimsSet claims) {
        return sign(new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT).keyID(key.getKeyID()), key, claims);
    }
}
