package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.PlainJWT;
import dev.tidings.server.http.Operation;
import dev.tidings.server.metrics.MetricsConfig;
import dev.tidings.server.tls.ClientCertificates;
import dev.tidings.server.tls.TlsConfig;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Everybody tries everything.
class AuthorisationTest {
    static final Rights DESK = Rights.NONE.consuming(Shop.PLACED);

    private static final Rights SHOP = Rights.producing(Shop.SOURCE, Shop.PLACED, Shop.PAID);
    private static final Rights TILL = Rights.producing("/shop/till", Shop.PAID);
    private static final Rights STORE = Rights.NONE.consuming(Shop.PACKED);
    private static final Rights BOTH =
            Rights.producing(Shop.SOURCE, Shop.PACKED).consuming(Shop.PLACED, Shop.PAID, Shop.PACKED);
    private static final String SUBJECT = "CN=both,O=Shop,C=MD";
    private static final String TOKEN_SUBJECT = "desk@shop.example";
    private static final Path TABLE = Path.of("target", "authorisation.txt");

    @TempDir
    private static Path directory;

    private static Certificates certificates;
    private static Issuer issuer;
    private static RunningBroker broker;
    private static CatalogText catalog;
    private static HttpClient plain;
    private static final List<Identity> identities = new ArrayList<>();

    @BeforeAll
    static void start() {
        issuer = new Issuer();
        certificates = new Certificates(directory)
                .selfSigned("store", "CN=whatever")
                .issued("both", SUBJECT)
                .issued("stranger", "CN=stranger");
        TlsConfig tls = TlsConfig.pkcs12(certificates.store("server"), certificates.passwordFile())
                .withClients(ClientCertificates.OPTIONAL, certificates.pem("ca"));
        catalog = catalog();
        broker = RunningBroker.with(catalog.clientWith("ghost", BOTH.settings(key("ghost"))))
                .and(config -> config.withServer(config.server()
                        .withTls(tls)
                        .withTokens(issuer.config())
                        .withMetrics(new MetricsConfig(MetricsConfig.Access.ADMINS, 10))))
                .start();
        plain = over(certificates.anonymous());
        revoke();
        addKeys();
        addTokens();
        addCertificates();
    }

    @AfterAll
    static void stop() {
        identities.forEach(identity -> identity.http().shutdownNow());
        broker.close();
        issuer.close();
    }

    @Test
    void isAsTheProtocolSaysForEverybodyAndEverything() throws IOException {
        Attempts attempts = attempts();
        List<String> table = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        for (Identity identity : identities) {
            for (Attempt attempt : Attempt.all()) {
                Outcome expected = Outcome.expected(attempt, identity.rights());
                Reply reply = attempts.by(identity, attempt);
                String line = identity.name() + " | " + attempt + " | " + expected;
                table.add(line);
                if (!fits(attempt, expected, reply)) {
                    wrong.add(line + " | " + reply.status() + " " + reply.text());
                }
            }
        }
        Files.write(TABLE, table);

        assertThat(wrong).isEmpty();
        assertThat(table).hasSizeGreaterThan(2_500);
    }

    @Test
    void tellsNobodyWhichInstancesOthersHave() {
        Attempts attempts = attempts();
        List<Identity> strangers = identities.stream()
                .filter(identity -> Set.of(SHOP, STORE, BOTH, Rights.ADMIN)
                        .contains(Objects.requireNonNullElse(identity.rights(), DESK)))
                .toList();
        List<Attempt> calls =
                Attempt.all().stream().filter(call -> call.instance() != null).toList();
        for (Identity identity : strangers) {
            for (Operation operation :
                    calls.stream().map(Attempt::operation).distinct().toList()) {
                List<String> answers = calls.stream()
                        .filter(call -> call.operation() == operation)
                        .map(call -> told(attempts.by(identity, call)))
                        .distinct()
                        .toList();

                assertThat(answers)
                        .as("what %s is answered by %s", identity.name(), operation)
                        .hasSize(1);
            }
        }
    }

    @Test
    void tellsNobodyWhichTypesOthersHave() {
        Attempts attempts = attempts();
        List<Attempt> aboutTypes = Attempt.all().stream()
                .filter(attempt -> attempt.types().equals(Set.of(Shop.PACKED)))
                .toList();
        List<Identity> strangers = identities.stream()
                .filter(identity -> Set.of(SHOP, TILL, DESK, Rights.ADMIN, Rights.NONE)
                        .contains(Objects.requireNonNullElse(identity.rights(), BOTH)))
                .toList();
        for (Identity identity : strangers) {
            for (Attempt attempt : aboutTypes) {
                String others = told(attempts.by(identity, attempt));
                String unknown = told(attempts.by(identity, attempt.of(Attempt.UNKNOWN_TYPE)));

                assertThat(others)
                        .as("what %s is answered by %s", identity.name(), attempt)
                        .isEqualTo(unknown.replace(Attempt.UNKNOWN_TYPE, Shop.PACKED));
            }
        }
    }

    /// All that an answer tells, but for its date and what it repeats of the request.
    private static String told(Reply reply) {
        StringBuilder told = new StringBuilder().append(reply.status());
        reply.headers().map().forEach((name, values) -> {
            if (!name.equals("date") && !name.equals("content-length")) {
                told.append('\n').append(name).append(": ").append(values);
            }
        });
        return told.append('\n')
                .append(reply.text()
                        .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "an id")
                        .replaceAll("; did you mean '[^']*'\\?", ""))
                .toString();
    }

    private static boolean fits(Attempt attempt, Outcome expected, Reply reply) {
        return attempt.operation() == Operation.CONSUME_WEBSOCKET
                ? reply.status() == (expected == Outcome.DONE ? 101 : 401)
                : Outcome.of(reply) == expected;
    }

    private static Attempts attempts() {
        return new Attempts(broker.address(), client("desk"), catalog);
    }

    private static CatalogText catalog() {
        return CatalogText.EMPTY
                .type(Shop.PLACED)
                .type(Shop.PAID)
                .type(Shop.PACKED)
                .clientWith("shop", SHOP.settings(key("shop")))
                .clientWith("till", TILL.settings(key("till")))
                .clientWith("desk", DESK.settings(key("desk"), "token-subject: " + TOKEN_SUBJECT))
                .clientWith(
                        "store",
                        STORE.settings(
                                key("store"), "certificate-sha256: " + Digests.sha256(certificates.der("store"))))
                .clientWith("both", BOTH.settings(key("both"), "certificate-subject: \"" + SUBJECT + "\""))
                .clientWith("admin", Rights.ADMIN.settings(key("admin")))
                .clientWith("nobody", Rights.NONE.settings(key("nobody")));
    }

    private static String key(String client) {
        return "api-key-sha256: " + Digests.sha256(client);
    }

    private static void revoke() {
        Reply known = client("ghost").get("/ce/tools/my-settings");
        known.expect(200);
        client("admin")
                .send(Call.of("PUT", "/admin/catalog").type("application/yaml").body(catalog.toString()))
                .expect(200);
    }

    private static void addKeys() {
        add("nothing", null, null);
        add("an unknown key", "Bearer a-wrong-key", null);
        add("the key of a revoked client", "Bearer ghost", null);
        add("a beginning of a key", "Bearer des", null);
        add("a key and more", "Bearer deskx", null);
        add("a key in other letters", "Bearer DESK", null);
        add("the hash of a key", "Bearer " + Digests.sha256("desk"), null);
        add("two keys", "Bearer desk, Bearer admin", null);
        add("a key by another scheme", "Basic desk", null);
        add("a key without a scheme", "desk", null);
        add("no key", "Bearer ", null);
        add("the key of a producer", "Bearer shop", SHOP);
        add("the key of another producer", "Bearer till", TILL);
        add("the key of a consumer", "Bearer desk", DESK);
        add("the key of another consumer", "bearer  store", STORE);
        add("the key of both", "Bearer both", BOTH);
        add("the key of an administrator", "Bearer admin", Rights.ADMIN);
        add("the key of somebody without rights", "Bearer nobody", Rights.NONE);
    }

    private static void addTokens() {
        Date past = Date.from(Instant.now().minusSeconds(3600));
        var good = Issuer.claims(TOKEN_SUBJECT, UnaryOperator.identity());
        add("a token", "Bearer " + issuer.token(good), DESK);
        add(
                "an expired token",
                "Bearer " + issuer.token(Issuer.claims(TOKEN_SUBJECT, claims -> claims.expirationTime(past))),
                null);
        add(
                "a token for others",
                "Bearer " + issuer.token(Issuer.claims(TOKEN_SUBJECT, claims -> claims.audience("another"))),
                null);
        add("a token of another issuer", "Bearer " + Issuer.token(Issuer.newKey(), good), null);
        add("a token that nobody signed", "Bearer " + new PlainJWT(good).serialize(), null);
        add("a token of nobody", "Bearer " + issuer.token(Issuer.claims("desk", UnaryOperator.identity())), null);
    }

    private static void addCertificates() {
        HttpClient store = over(certificates.client("store"));
        HttpClient both = over(certificates.client("both"));
        HttpClient stranger = over(certificates.client("stranger"));
        identities.add(new Identity("a known certificate", store, null, STORE));
        identities.add(new Identity("a certificate of a known subject", both, null, BOTH));
        identities.add(new Identity("an unknown certificate", stranger, null, null));
        identities.add(new Identity("an unknown certificate and a key", stranger, "Bearer desk", DESK));
        identities.add(new Identity("a certificate and its client's key", store, "Bearer store", STORE));
        identities.add(new Identity("a certificate and another client's key", store, "Bearer admin", null));
        identities.add(new Identity("a certificate and an unknown key", both, "Bearer a-wrong-key", null));
    }

    private static void add(String name, @Nullable String authorization, @Nullable Rights rights) {
        identities.add(new Identity(name, plain, authorization, rights));
    }

    private static Client client(String name) {
        return new Client(plain, broker.address(), name);
    }

    private static HttpClient over(SSLContext tls) {
        return HttpClient.newBuilder().sslContext(tls).build();
    }
}
