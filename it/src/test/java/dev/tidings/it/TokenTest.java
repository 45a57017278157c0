package dev.tidings.it;

import static dev.tidings.it.Statement.CALLER_BY_JWT;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Who is calling, by a JSON Web Token of an issuer.
class TokenTest {
    private static final String SUBJECT = "desk@shop.example";

    private static Issuer issuer;
    private static RunningBroker broker;

    @BeforeAll
    static void start() {
        issuer = new Issuer();
        broker = RunningBroker.with(CatalogText.EMPTY
                        .type(Shop.PLACED)
                        .clientWith("desk", List.of("credentials: [{ token-subject: " + SUBJECT + " }]")))
                .and(config -> config.withServer(config.server().withTokens(issuer.config())))
                .start();
    }

    @AfterAll
    static void stop() {
        broker.close();
        issuer.close();
    }

    @Test
    @Proves(CALLER_BY_JWT)
    void provesTheCaller() {
        Client client = broker.clientWith(issuer.token(claims(UnaryOperator.identity())));

        assertThat(CallerTest.clientOf(client)).isEqualTo("desk");
    }

    @Test
    @Proves(CALLER_BY_JWT)
    void provesNothingWhereAnythingAboutItIsWrong() {
        JWTClaimsSet good = claims(UnaryOperator.identity());
        Date past = Date.from(Instant.now().minusSeconds(3600));

        refuses(Issuer.token(Issuer.newKey(), good));
        refuses(issuer.token(claims(claims -> claims.issuer("https://login.example.org"))));
        refuses(issuer.token(claims(claims -> claims.audience("another"))));
        refuses(issuer.token(claims(claims -> claims.expirationTime(past))));
        refuses(issuer.token(claims(claims -> claims.subject("nobody@shop.example"))));
        refuses(issuer.token(good) + "A");
    }

    @Test
    @Proves(CALLER_BY_JWT)
    void provesNothingByAnAlgorithmThatAnybodyCanCompute() throws JOSEException {
        JWTClaimsSet claims = claims(UnaryOperator.identity());
        JWSHeader shared = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("k1").build();
        SignedJWT signedWithWhatIsPublic = new SignedJWT(shared, claims);
        signedWithWhatIsPublic.sign(new MACSigner(issuer.key().toPublicJWK().toJSONString()));

        refuses(new PlainJWT(claims).serialize());
        refuses(new PlainJWT(claims).serialize() + "AAAA");
        refuses(signedWithWhatIsPublic.serialize());
        refuses("x".repeat(6_000));
    }

    private static void refuses(String token) {
        broker.clientWith(token).get("/ce/tools/my-settings").refused(401, "unauthenticated");
    }

    private static JWTClaimsSet claims(UnaryOperator<JWTClaimsSet.Builder> change) {
        return Issuer.claims(SUBJECT, change);
    }
}
