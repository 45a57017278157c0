package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.server.tls.ClientCertificates;
import dev.tidings.server.tls.TlsConfig;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands against a broker with TLS, in processes of their own.
class CommandsTest {
    private static final int DONE = 0;
    private static final int REFUSED = 1;
    private static final int WRONG_INPUT = 2;

    @TempDir
    private static Path directory;

    private static Certificates certificates;
    private static RunningBroker broker;

    @BeforeAll
    static void start() {
        certificates = new Certificates(directory).issued("desk", "CN=desk");
        TlsConfig tls = TlsConfig.pkcs12(certificates.store("server"), certificates.passwordFile())
                .withClients(ClientCertificates.OPTIONAL, certificates.pem("ca"));
        CatalogText catalog = CatalogText.EMPTY
                .type(Shop.PLACED)
                .client("shop", "produces: { sources: [" + Shop.SOURCE + "], types: [" + Shop.PLACED + "] }")
                .client("admin", "admin: true")
                .clientWith(
                        "desk",
                        List.of(
                                "credentials: [ { certificate-subject: \"CN=desk\" } ]",
                                "consumes: { types: [" + Shop.PLACED + "] }"));
        broker = RunningBroker.with(catalog)
                .and(config -> config.withServer(config.server().withTls(tls)))
                .start();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void produceAndConsumeOverTls() throws IOException {
        Ran produced = produce("one", "two");
        Ran peeked = consume("--group", "first", "--no-confirm", "--max", "2");
        Ran consumed = consume("--group", "first", "--max", "2");
        Ran rest = consume("--group", "first", "--wait", "1");

        assertThat(produced.output()).startsWith("accepted 2 (of these 0 duplicates)");
        assertThat(produced.exitCode()).isZero();
        assertThat(peeked.output()).contains("\"id\":\"one\"", "\"id\":\"two\"");
        assertThat(consumed.output()).contains("\"id\":\"one\"", "\"id\":\"two\"");
        assertThat(rest.output()).isEmpty();
        assertThat(List.of(peeked.exitCode(), consumed.exitCode(), rest.exitCode()))
                .containsOnly(DONE);
    }

    @Test
    void consumeTheLanes() {
        Client desk = new Client(http(), broker.address(), null);
        desk.send(Call.post("/ce/tools/consumer/test")
                        .header("ce-specversion", "1.0")
                        .header("ce-id", "trial")
                        .header("ce-source", Shop.SOURCE)
                        .header("ce-type", Shop.PLACED)
                        .type("application/json")
                        .body("{}"))
                .expect(200);
        desk.poll("group=lanes&events=false&test=true")
                .dead(Json.object()
                        .put("specversion", "1.0")
                        .put("id", "buried")
                        .put("source", "/s"))
                .expect(202);

        assertThat(consume("--test", "--no-events", "--wait", "2").output()).contains("\"id\":\"trial\"");
        assertThat(consume("--dead", "--no-events", "--wait", "2").output()).contains("\"id\":\"buried\"");
    }

    @Test
    void giveUpAtOnceWhereTheBrokerIsNotTrusted() throws IOException {
        Path events = Files.writeString(directory.resolve("untrusted"), Shop.order("x") + "\n");

        Ran produced = run("produce", "--key", "shop", events.toString());
        Ran consumed = run("consume", "--max", "1");

        assertThat(produced.output()).contains("no secure connection", "--cacert");
        assertThat(consumed.output()).contains("no secure connection", "--cacert");
        assertThat(List.of(produced.exitCode(), consumed.exitCode())).containsOnly(WRONG_INPUT);
    }

    @Test
    void areRefusedWithoutACredential() {
        Ran consumed = run("consume", "--cacert", certificates.pem("server").toString(), "--max", "1");

        assertThat(consumed.output()).contains("401");
        assertThat(consumed.exitCode()).isEqualTo(REFUSED);
    }

    private static Ran produce(String... ids) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String id : ids) {
            lines.append(Shop.order(id)).append('\n');
        }
        Path events = Files.writeString(directory.resolve("events-" + ids[0]), lines);
        return run("produce", "--cacert", certificates.pem("server").toString(), "--key", "shop", events.toString());
    }

    private static Ran consume(String... options) {
        List<String> all = new ArrayList<>(
                List.of("consume", "--cacert", certificates.pem("server").toString()));
        all.addAll(List.of("--client-cert", certificates.store("desk").toString()));
        all.addAll(List.of("--client-cert-password", certificates.password()));
        all.addAll(List.of(options));
        return run(all.toArray(String[]::new));
    }

    private static HttpClient http() {
        return HttpClient.newBuilder().sslContext(certificates.client("desk")).build();
    }

    private static Ran run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(1, List.of("--url", broker.address()));
        return Ran.tidings(all.toArray(String[]::new));
    }
}
