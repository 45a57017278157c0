package dev.tidings.callback.sink;

import static dev.tidings.callback.sink.Line.await;
import static dev.tidings.callback.sink.Line.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.subscriptions.Credential;
import dev.tidings.broker.subscriptions.Secret;
import dev.tidings.callback.sink.Outcome.Answered;
import dev.tidings.callback.sink.Outcome.Failed;
import dev.tidings.callback.sink.Outcome.Failure;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SinkTlsTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final String NAME = "san=dns:hooks.example";

    @TempDir
    private static Path directory;

    private static TestCertificates certificates;
    private final Line lines = new Line();

    @BeforeAll
    static void make() {
        certificates = new TestCertificates(directory)
                .issued("good", "CN=hooks", "-ext", NAME)
                .issued("expired", "CN=hooks", "-ext", NAME, "-startdate", "-5d")
                .issued("client", "CN=tidings")
                .selfSigned("itself", "CN=hooks", "-ext", NAME);
    }

    @AfterEach
    void close() {
        lines.close();
    }

    @Test
    void trustsASinkThatItsAuthorityVouchesFor() {
        lines.trusting(certificates.chain("ca"));
        try (Hostile sink = sink("good")) {
            assertThat(await(to(sink, "hooks.example").send(post("x")))).isEqualTo(new Answered(Answer.of(200, "ok")));
        }
    }

    @Test
    void trustsOnlyAuthoritiesOfTheSystemUnlessToldOthers() {
        assertUntrusted("good", "hooks.example");
    }

    @Test
    void trustsNoSinkThatVouchesForItself() {
        lines.trusting(certificates.chain("ca"));
        assertUntrusted("itself", "hooks.example");
    }

    @Test
    void trustsNoSinkWhoseCertificateHasExpired() {
        lines.trusting(certificates.chain("ca"));
        assertUntrusted("expired", "hooks.example");
    }

    @Test
    void trustsNoSinkByAnotherName() {
        lines.trusting(certificates.chain("ca"));
        assertUntrusted("good", "other.example");
    }

    @Test
    void trustsNoSinkByItsBareAddress() {
        lines.trusting(certificates.chain("ca"));
        assertUntrusted("good", "127.0.0.1");
    }

    @Test
    void speaksNoTlsOlderThan12() {
        lines.trusting(certificates.chain("ca"));
        try (Hostile sink = Hostile.on(() -> server("good", "TLSv1.1"), (_, out) -> Hostile.write(out, OK))) {
            assertThat(await(to(sink, "hooks.example").send(post("x")))).isInstanceOf(Failed.class);
            assertThat(sink.requests).isEmpty();
        }
    }

    @Test
    void saysNothingToASinkThatSpeaksNoTls() {
        try (Hostile sink = Hostile.answering(OK)) {
            assertThat(await(to(sink, "hooks.example").send(post("x"))))
                    .isInstanceOfSatisfying(
                            Failed.class,
                            failed -> assertThat(failed.failure())
                                    .as(failed.detail())
                                    .isIn(Failure.TLS, Failure.UNREACHABLE));
            assertThat(sink.requests).isEmpty();
        }
    }

    @Test
    void provesItselfByTheCertificateOfTheSubscription() {
        BlockingQueue<String> peers = new LinkedBlockingQueue<>();
        lines.trusting(certificates.chain("ca"))
                .with(new Credential.Certificate(
                        certificates.chain("client"), new Secret(certificates.privateKey("client"))));
        try (Hostile sink = Hostile.on(() -> mutual("good"), (socket, out) -> {
            peers.add(((SSLSocket) socket).getSession().getPeerPrincipal().getName());
            Hostile.write(out, OK);
        })) {
            assertThat(await(to(sink, "hooks.example").send(post("x")))).isEqualTo(new Answered(Answer.of(200, "ok")));
            assertThat(Hostile.next(peers)).isEqualTo("CN=tidings");
        }
    }

    @Test
    void failsWhereTheSinkWantsACertificateAndThereIsNone() {
        lines.trusting(certificates.chain("ca"));
        try (Hostile sink = Hostile.on(() -> mutual("good"), (_, out) -> Hostile.write(out, OK))) {
            assertThat(await(to(sink, "hooks.example").send(post("x")))).isInstanceOf(Failed.class);
            assertThat(sink.requests).isEmpty();
        }
    }

    @Test
    void saysThatACertificateIsOfNoUse() {
        lines.trusting("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        try (Hostile sink = sink("good")) {
            assertThat(await(to(sink, "hooks.example").send(post("x")))).isInstanceOf(Failed.class);
        }
    }

    private void assertUntrusted(String certificate, String name) {
        try (Hostile sink = sink(certificate)) {
            assertThat(await(to(sink, name).send(post("x"))))
                    .isInstanceOfSatisfying(
                            Failed.class,
                            failed -> assertThat(failed.failure())
                                    .as(failed.detail())
                                    .isEqualTo(Failure.TLS));
            assertThat(sink.requests).isEmpty();
        }
    }

    private SinkLine to(Hostile sink, String name) {
        return lines.to("https://" + name + ":" + sink.port() + "/");
    }

    private static Hostile sink(String certificate) {
        return Hostile.on(() -> server(certificate, "TLSv1.2", "TLSv1.3"), (_, out) -> Hostile.write(out, OK));
    }

    private static ServerSocket mutual(String certificate) {
        SSLServerSocket server = server(certificate, "TLSv1.2", "TLSv1.3");
        server.setNeedClientAuth(true);
        return server;
    }

    private static SSLServerSocket server(String certificate, String... protocols) {
        try {
            SSLServerSocket server = (SSLServerSocket)
                    certificates.server(certificate).getServerSocketFactory().createServerSocket();
            server.setEnabledProtocols(protocols);
            return server;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
