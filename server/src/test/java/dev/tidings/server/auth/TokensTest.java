package dev.tidings.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.tidings.engine.testkit.HandClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final HandClock clock = new HandClock(NOW);
    private final Issuer issuer = new Issuer();
    private final RSAKey key = issuer.addRsa("one");
    private final Tokens tokens = new Tokens(Issuer.CONFIG, issuer, clock, Runnable::run);

    private String subjectOf(String token) {
        return tokens.subject(token, Digest.of(token)).toCompletableFuture().join();
    }

    private String signed(JWTClaimsSet.Builder claims) {
        return Issuer.sign(JWSAlgorithm.RS256, key, claims.build());
    }

    @Test
    void tellsTheSubjectOfAGoodToken() {
        assertThat(subjectOf(signed(Issuer.claims(NOW)))).isEqualTo("system-a");
    }

    @Test
    void acceptsEachPinnedAlgorithm() {
        var ec = issuer.addEc("two");

        assertThat(subjectOf(
                        Issuer.sign(JWSAlgorithm.PS256, key, Issuer.claims(NOW).build())))
                .isEqualTo("system-a");
        assertThat(subjectOf(
                        Issuer.sign(JWSAlgorithm.ES256, ec, Issuer.claims(NOW).build())))
                .isEqualTo("system-a");
    }

    @Test
    void refusesAnAlgorithmThatIsNotPinned() {
        assertThat(subjectOf(
                        Issuer.sign(JWSAlgorithm.RS512, key, Issuer.claims(NOW).build())))
                .isNull();
    }

    @Test
    void refusesAnUnsignedToken() {
        assertThat(subjectOf(new PlainJWT(Issuer.claims(NOW).build()).serialize()))
                .isNull();
    }

    @Test
    void refusesATokenThatIsSignedWithThePublicKeyAsASharedSecret() throws JOSEException {
        SignedJWT forged = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("one").build(),
                Issuer.claims(NOW).build());
        forged.sign(new MACSigner(key.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8)));

        assertThat(subjectOf(forged.serialize())).isNull();
    }

    @Test
    void refusesAKeyThatTheTokenBringsAlong() {
        RSAKey own = new Issuer().addRsa("one");
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").jwk(own.toPublicJWK());

        assertThat(subjectOf(Issuer.sign(header, own, Issuer.claims(NOW).build())))
                .isNull();
    }

    @Test
    void refusesAChangedToken() {
        String[] parts = signed(Issuer.claims(NOW)).split("\\.");
        String other = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                .replace("system-a", "system-b");
        String forged = parts[0] + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(other.getBytes(StandardCharsets.UTF_8)) + "."
                + parts[2];

        assertThat(subjectOf(forged)).isNull();
    }

    @Test
    void refusesAnotherIssuer() {
        assertThat(subjectOf(signed(Issuer.claims(NOW).issuer("https://login.example/"))))
                .isNull();
        assertThat(subjectOf(signed(Issuer.claims(NOW).issuer(null)))).isNull();
    }

    @Test
    void refusesATokenForSomebodyElse() {
        assertThat(subjectOf(signed(Issuer.claims(NOW).audience("billing")))).isNull();
        assertThat(subjectOf(signed(Issuer.claims(NOW).audience(List.<String>of()))))
                .isNull();
        assertThat(subjectOf(signed(Issuer.claims(NOW).audience(List.of("billing", "tidings")))))
                .isEqualTo("system-a");
    }

    @Test
    void refusesATokenWithoutSubjectOrExpiry() {
        assertThat(subjectOf(signed(Issuer.claims(NOW).subject(null)))).isNull();
        assertThat(subjectOf(signed(Issuer.claims(NOW).expirationTime(null)))).isNull();
    }

    @Test
    void refusesATokenBeforeItsTimeBeyondTheSkew() {
        assertThat(subjectOf(signed(Issuer.claims(NOW).notBeforeTime(Date.from(NOW.plusSeconds(31))))))
                .isNull();
        assertThat(subjectOf(signed(Issuer.claims(NOW).notBeforeTime(Date.from(NOW.plusSeconds(30))))))
                .isEqualTo("system-a");
    }

    @Test
    void refusesATokenOnceItExpiredThoughItWasGoodBefore() {
        String token = signed(Issuer.claims(NOW));
        assertThat(subjectOf(token)).isEqualTo("system-a");

        clock.advance(Duration.ofSeconds(329));
        assertThat(subjectOf(token)).isEqualTo("system-a");
        clock.advance(Duration.ofSeconds(1));
        assertThat(subjectOf(token)).isNull();
    }

    @Test
    void refusesAnExtensionItDoesNotUnderstandButMust() {
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("one")
                .criticalParams(Set.of("exp"))
                .customParam("exp", 1);

        assertThat(subjectOf(Issuer.sign(header, key, Issuer.claims(NOW).build())))
                .isNull();
    }

    @Test
    void refusesATokenOfAnotherKind() {
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").type(new JOSEObjectType("logout+jwt"));

        assertThat(subjectOf(Issuer.sign(header, key, Issuer.claims(NOW).build())))
                .isNull();
    }

    @Test
    void verifiesATokenOnceWhileItsKeysStay() {
        String token = signed(Issuer.claims(NOW));
        subjectOf(token);
        issuer.reachable = false;

        assertThat(tokens.subject(token, Digest.of(token)).toCompletableFuture())
                .isCompletedWithValue("system-a");
        assertThat(issuer.fetches).isEqualTo(1);
    }

    @Test
    void acceptsAKeyThatTheIssuerAddedSinceTheLastFetch() {
        subjectOf(signed(Issuer.claims(NOW)));
        RSAKey added = issuer.addRsa("two");
        clock.advance(Duration.ofSeconds(10));

        assertThat(subjectOf(Issuer.sign(
                        JWSAlgorithm.RS256, added, Issuer.claims(NOW).build())))
                .isEqualTo("system-a");
        assertThat(issuer.fetches).isEqualTo(2);
    }

    @Test
    void fetchesNoMoreOftenThanTheGapHoweverManyUnknownKeysAreNamed() {
        Issuer stranger = new Issuer();
        for (int i = 0; i < 5; i++) {
            RSAKey unknown = stranger.addRsa("stranger-" + i);
            assertThat(subjectOf(Issuer.sign(
                            JWSAlgorithm.RS256, unknown, Issuer.claims(NOW).build())))
                    .isNull();
            clock.advance(Duration.ofSeconds(1));
        }

        assertThat(issuer.fetches).isEqualTo(1);
    }

    @Test
    void forgetsWhatAWithdrawnKeySigned() {
        String token = signed(Issuer.claims(NOW).expirationTime(Date.from(NOW.plusSeconds(86_400))));
        assertThat(subjectOf(token)).isEqualTo("system-a");
        issuer.remove(key);
        RSAKey fresh = issuer.addRsa("two");
        clock.advance(Duration.ofMinutes(16));
        subjectOf(Issuer.sign(
                JWSAlgorithm.RS256, fresh, Issuer.claims(clock.instant()).build()));

        assertThat(subjectOf(token)).isNull();
    }

    @Test
    void keepsItsKeysWhileTheIssuerIsOutOfReach() {
        subjectOf(signed(Issuer.claims(NOW)));
        issuer.reachable = false;
        clock.advance(Duration.ofHours(2));

        assertThat(subjectOf(signed(Issuer.claims(clock.instant())))).isEqualTo("system-a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "eyJ.", "eyJ..", "eyJhbGciOiJub25lIn0..", "ey.ey.ey", "eyJ\u0000.a.b"})
    void refusesWhatIsNoToken(String text) {
        assertThat(subjectOf(text)).isNull();
    }
}
