package dev.tidings.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import dev.tidings.broker.catalog.Catalog;
import dev.tidings.broker.catalog.CatalogRead;
import dev.tidings.broker.catalog.CatalogText;
import dev.tidings.broker.catalog.Catalogs;
import dev.tidings.engine.testkit.HandClock;
import dev.tidings.model.Caller;
import dev.tidings.model.ClientName;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/// What a caller says to prove who it is.
class CredentialsFuzzTest {
    private static final HandClock CLOCK = new HandClock(Instant.parse("2026-03-01T10:00:00Z"));
    private static final ECKey KEY = key();
    private static final Tokens TOKENS = new Tokens(
            IssuerConfig.of("https://login.example", "tidings", URI.create("keys.json")),
            () -> new JWKSet(KEY).toString(),
            CLOCK,
            Runnable::run);
    private static final CatalogAuthenticator AUTHENTICATOR =
            new CatalogAuthenticator(new KnownCredentials(new Fixed()), Authorities.NONE, TOKENS, CLOCK);

    /// Nobody guesses a key or a signature, so an `Authorization` header proves nothing, whatever is in it.
    @FuzzTest
    void proveNothingThatIsNotSigned(byte[] header) {
        String text = new String(header, StandardCharsets.ISO_8859_1);

        assertThat(authenticated(text)).isInstanceOf(Authentication.Unknown.class);
        assertThat(authenticated("Bearer " + text)).isInstanceOf(Authentication.Unknown.class);
    }

    /// Even an issuer may sign claims that are none.
    @FuzzTest
    void areJudgedByClaimsOfAnyForm(byte[] claims) throws JOSEException {
        JWSHeader header =
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("one").build();
        String unsigned = header.toBase64URL() + "." + Base64URL.encode(claims);
        JWSSigner signer = new ECDSASigner(KEY);
        Base64URL signature = signer.sign(header, unsigned.getBytes(StandardCharsets.US_ASCII));

        Authentication answer = authenticated("Bearer " + unsigned + "." + signature);

        if (answer instanceof Authentication.Known(Caller caller)) {
            assertThat(caller.client()).isEqualTo(new ClientName("shop"));
            assertThat(new String(claims, StandardCharsets.UTF_8)).contains("sub", "exp", "iss", "aud");
        }
    }

    private static Authentication authenticated(String header) {
        return AUTHENTICATOR
                .authenticate(new Credentials(header, null))
                .toCompletableFuture()
                .join();
    }

    private static ECKey key() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("one").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Fixed implements Catalogs {
        @Override
        public Catalog current() {
            String text = "clients:\n  shop:\n    credentials:\n      - token-subject: system-a\n";
            return ((CatalogRead.Read) CatalogText.read(text, _ -> Optional.empty())).catalog();
        }

        @Override
        public void onChange(Consumer<Catalog> listener) {}
    }
}
