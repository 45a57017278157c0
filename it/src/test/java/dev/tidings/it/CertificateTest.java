package dev.tidings.it;

import static dev.tidings.it.Statement.CALLER_BY_FINGERPRINT;
import static dev.tidings.it.Statement.CALLER_BY_SUBJECT;
import static dev.tidings.it.Statement.TLS_1_2_OR_HIGHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.client.Bus;
import dev.tidings.client.RefusedException;
import dev.tidings.client.Tidings;
import dev.tidings.model.ErrorCode;
import dev.tidings.server.tls.ClientCertificates;
import dev.tidings.server.tls.TlsConfig;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who is calling, by mutual TLS.
class CertificateTest {
    private static final String SUBJECT = "CN=store,O=Shop,C=MD";

    @TempDir
    private static Path directory;

    private static Certificates certificates;
    private static RunningBroker broker;

    @BeforeAll
    static void start() {
        certificates = new Certificates(directory)
                .selfSigned("pinned", "CN=whatever")
                .issued("subject", SUBJECT)
                .selfSigned("pretender", SUBJECT)
                .issued("unknown", "CN=unknown");
        TlsConfig tls = TlsConfig.pkcs12(certificates.store("server"), certificates.passwordFile())
                .withClients(ClientCertificates.OPTIONAL, certificates.pem("ca"));
        CatalogText catalog = CatalogText.EMPTY
                .type(Shop.PLACED)
                .client("keyed")
                .clientWith("pinned", credential("certificate-sha256: " + Digests.sha256(certificates.der("pinned"))))
                .clientWith("store", credential("certificate-subject: \"" + SUBJECT + "\""));
        broker = RunningBroker.with(catalog)
                .and(config -> config.withServer(config.server().withTls(tls)))
                .start();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    @Proves(CALLER_BY_FINGERPRINT)
    void provesTheCallerByItsFingerprint() {
        assertThat(CallerTest.clientOf(over(certificates.client("pinned")))).isEqualTo("pinned");
    }

    @Test
    @Proves(CALLER_BY_SUBJECT)
    void provesTheCallerByItsSubjectUnderATrustedAuthority() {
        assertThat(CallerTest.clientOf(over(certificates.client("subject")))).isEqualTo("store");
    }

    @Test
    @Proves(CALLER_BY_SUBJECT)
    void provesNothingByASubjectThatNoTrustedAuthorityVouchesFor() {
        Client pretender = over(certificates.client("pretender"));

        assertThatThrownBy(() -> CallerTest.clientOf(pretender)).isInstanceOf(AssertionError.class);
    }

    @Test
    @Proves({CALLER_BY_SUBJECT, CALLER_BY_FINGERPRINT})
    void provesNothingWhereTheCatalogDoesNotKnowIt() {
        over(certificates.client("unknown")).get("/ce/tools/my-settings").refused(401, "unauthenticated");
        over(certificates.anonymous()).get("/ce/tools/my-settings").refused(401, "unauthenticated");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    @Proves(TLS_1_2_OR_HIGHER)
    void worksOverTls12AndHigher(String version) {
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[] {version});
        HttpClient http = HttpClient.newBuilder()
                .sslContext(certificates.client("pinned"))
                .sslParameters(parameters)
                .build();

        assertThat(CallerTest.clientOf(new Client(http, broker.address(), null)))
                .isEqualTo("pinned");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0301", "0302"})
    @Proves(TLS_1_2_OR_HIGHER)
    void doesNotWorkOverTlsBefore12(String version) throws IOException {
        String hello = version + "00".repeat(32) + "00" + "0004c013c009" + "0100";
        String message = "01" + "%06x".formatted(hello.length() / 2) + hello;
        String record = "16" + "0301" + "%04x".formatted(message.length() / 2) + message;
        URI address = URI.create(broker.address());
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout((int) Deadline.GENEROUS.toMillis());
            socket.getOutputStream().write(HexFormat.of().parseHex(record));

            byte[] answer = socket.getInputStream().readNBytes(7);

            assertThat(answer[0]).as("an alert").isEqualTo((byte) 21);
            assertThat(answer[6]).as("protocol_version").isEqualTo((byte) 70);
        }
    }

    private static List<String> credential(String credential) {
        return List.of("credentials: [{ " + credential + " }]");
    }

    /// It may do nothing, so it is refused: but as somebody who is known.
    @Test
    void letsAJavaProgramInByItsCertificate() {
        URI address = URI.create(broker.address());
        try (Bus bus = Tidings.connect(address)
                .tls(certificates.client("subject"))
                .source(URI.create(Shop.SOURCE))
                .open()) {
            CloudEvent event = bus.event(Shop.PLACED).data(1).build();

            assertThatThrownBy(() -> bus.publish(List.of(event)).join())
                    .cause()
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.NOT_ALLOWED.slug()));
        }
    }

    private static Client over(SSLContext tls) {
        return new Client(HttpClient.newBuilder().sslContext(tls).build(), broker.address(), null);
    }
}
