package dev.tidings.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.RSAKey;
import dev.tidings.broker.catalog.Catalog;
import dev.tidings.broker.catalog.ClientEntry.Credential;
import dev.tidings.engine.testkit.HandClock;
import dev.tidings.model.Caller;
import dev.tidings.model.ClientName;
import dev.tidings.model.ErrorCode;
import dev.tidings.server.fake.FixedCatalogs;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogAuthenticatorTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final HandClock clock = new HandClock(NOW);
    private final FixedCatalogs catalogs = new FixedCatalogs()
            .client("shop", key("shop-secret"), new Credential.TokenSubject("system-a"))
            .client("bank", key("bank-secret"));
    private final Issuer issuer = new Issuer();
    private final RSAKey signing = issuer.addRsa("one");
    private final CatalogAuthenticator authenticator = new CatalogAuthenticator(
            new KnownCredentials(catalogs),
            Authorities.NONE,
            new Tokens(Issuer.CONFIG, issuer, clock, Runnable::run),
            clock);

    private static Credential key(String secret) {
        return new Credential.ApiKey(HexFormat.of().formatHex(Sha256.of(secret)));
    }

    private Authentication authenticate(String header) {
        return authenticator
                .authenticate(new Credentials(header, null))
                .toCompletableFuture()
                .join();
    }

    private static Authentication known(String client) {
        return new Authentication.Known(new Caller(new ClientName(client)));
    }

    @Test
    void knowsAClientByItsKey() {
        assertThat(authenticate("Bearer shop-secret")).isEqualTo(known("shop"));
        assertThat(authenticate("bearer   bank-secret ")).isEqualTo(known("bank"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer ",
                "Bearer shop-secre",
                "Bearer shop-secrett",
                "Basic shop-secret",
                "shop-secret",
                ""
            })
    void doesNotKnowWhoHasNoneOfTheKeys(String header) {
        assertThat(authenticate(header))
                .isInstanceOfSatisfying(
                        Authentication.Unknown.class,
                        unknown -> assertThat(unknown.refusal().code()).isEqualTo(ErrorCode.UNAUTHENTICATED));
    }

    @Test
    void doesNotKnowWhoBringsNothing() {
        assertThat(authenticate(null)).isInstanceOf(Authentication.Unknown.class);
    }

    @Test
    void knowsAClientByTheSubjectOfItsToken() {
        String token =
                Issuer.sign(JWSAlgorithm.RS256, signing, Issuer.claims(NOW).build());

        assertThat(authenticate("Bearer " + token)).isEqualTo(known("shop"));
    }

    @Test
    void doesNotKnowASubjectThatNoClientHas() {
        String token = Issuer.sign(
                JWSAlgorithm.RS256,
                signing,
                Issuer.claims(NOW).subject("system-z").build());

        assertThat(authenticate("Bearer " + token)).isInstanceOf(Authentication.Unknown.class);
    }

    @Test
    void forgetsAKeyAndATokenAsSoonAsTheCatalogDoes() {
        String token =
                Issuer.sign(JWSAlgorithm.RS256, signing, Issuer.claims(NOW).build());
        assertThat(authenticate("Bearer " + token)).isEqualTo(known("shop"));

        catalogs.set(Catalog.EMPTY);

        assertThat(authenticate("Bearer " + token)).isInstanceOf(Authentication.Unknown.class);
        assertThat(authenticate("Bearer shop-secret")).isInstanceOf(Authentication.Unknown.class);
    }

    @Test
    void givesAKeyThatTwoClientsClaimToNeither() {
        catalogs.client("thief", key("shop-secret"));

        assertThat(authenticate("Bearer shop-secret")).isInstanceOf(Authentication.Unknown.class);
    }

    @Test
    void passesOverACredentialThatIsNotWellFormed() {
        catalogs.client(
                "odd", new Credential.ApiKey("not hex"), new Credential.CertificateSubject("nonsense"), key("odd"));

        assertThat(authenticate("Bearer odd")).isEqualTo(known("odd"));
    }
}
