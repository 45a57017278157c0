package dev.tidings.it;

import static dev.tidings.it.Statement.CALLER_BY_JWT;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.tidings.server.auth.IssuerConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Who is calling, by a JSON Web Token of an issuer.
class TokenTest {
    private static final String ISSUER = "https://login.example";
    private static final String SUBJECT = "desk@shop.example";

    private static ECKey key;
    private static HttpServer issuer;
    private static RunningBroker broker;

    @BeforeAll
    static void start() throws IOException, JOSEException {
        key = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
        byte[] keys = new JWKSet(key).toPublicJWKSet().toString().getBytes(StandardCharsets.UTF_8);
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer.createContext("/keys", exchange -> {
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        issuer.start();
        URI address = URI.create("http://127.0.0.1:" + issuer.getAddress().getPort() + "/keys");
        IssuerConfig tokens = IssuerConfig.of(ISSUER, "tidings", address);
        broker = RunningBroker.with(CatalogText.EMPTY
                        .type(Shop.PLACED)
                        .clientWith("desk", List.of("credentials: [{ token-subject: " + SUBJECT + " }]")))
                .and(config -> config.withServer(config.server().withTokens(tokens)))
                .start();
    }

    @AfterAll
    static void stop() {
        broker.close();
        issuer.stop(0);
    }

    @Test
    @Proves(CALLER_BY_JWT)
    void provesTheCaller() throws JOSEException {
        Client client = broker.clientWith(token(key, UnaryOperator.identity()));

        assertThat(CallerTest.clientOf(client)).isEqualTo("desk");
    }

    @Test
    @Proves(CALLER_BY_JWT)
    void provesNothingWhereAnythingAboutItIsWrong() throws JOSEException {
        ECKey foreign = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
        Date past = Date.from(Instant.now().minusSeconds(3600));

        refuses(token(foreign, UnaryOperator.identity()));
        refuses(token(key, claims -> claims.issuer("https://login.example.org")));
        refuses(token(key, claims -> claims.audience("another")));
        refuses(token(key, claims -> claims.expirationTime(past)));
        refuses(token(key, claims -> claims.subject("nobody@shop.example")));
        refuses(token(key, UnaryOperator.identity()) + "A");
    }

    @Test
    @Proves(CALLER_BY_JWT)
    void provesNothingByAnAlgorithmThatAnybodyCanCompute() throws JOSEException {
        JWTClaimsSet claims = claims(UnaryOperator.identity());
        JWSHeader shared = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("k1").build();
        SignedJWT signedWithWhatIsPublic = new SignedJWT(shared, claims);
        signedWithWhatIsPublic.sign(new MACSigner(key.toPublicJWK().toJSONString()));

        refuses(new PlainJWT(claims).serialize());
        refuses(new PlainJWT(claims).serialize() + "AAAA");
        refuses(signedWithWhatIsPublic.serialize());
        refuses("x".repeat(6_000));
    }

    private static void refuses(String token) {
        broker.clientWith(token).get("/ce/tools/my-settings").refused(401, "unauthenticated");
    }

    private static JWTClaimsSet claims(UnaryOperator<JWTClaimsSet.Builder> change) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience("tidings")
                .subject(SUBJECT)
                .expirationTime(Date.from(Instant.now().plusSeconds(300)));
        return change.apply(claims).build();
    }

    private static String token(ECKey signer, UnaryOperator<JWTClaimsSet.Builder> change) throws JOSEException {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k1").build();
        SignedJWT token = new SignedJWT(header, claims(change));
        token.sign(new ECDSASigner(signer));
        return token.serialize();
    }
}
