package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.server.tls.ClientCertificates;
import dev.tidings.server.tls.TlsConfig;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.Random;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is done to a port that speaks TLS.
class HostileTlsTest {
    private static final int ENHANCE_YOUR_CALM = 11;
    /// The record of a handshake, of TLS 1.2 or 1.3.
    private static final byte[] HANDSHAKE = {22, 3, 3};

    @TempDir
    private static Path directory;

    private static RunningBroker broker;
    private static SSLContext tls;

    @BeforeAll
    static void start() {
        Certificates certificates = new Certificates(directory);
        TlsConfig config = TlsConfig.pkcs12(certificates.store("server"), certificates.passwordFile())
                .withClients(ClientCertificates.OPTIONAL, certificates.pem("ca"));
        broker = RunningBroker.with(Shop.CATALOG)
                .and(node -> node.withServer(node.server().withTls(config)))
                .start();
        tls = certificates.anonymous();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @AfterEach
    void serveABystander() {
        try (HttpClient http = HttpClient.newBuilder().sslContext(tls).build()) {
            assertThat(CallerTest.clientOf(new Client(http, broker.address(), "desk")))
                    .isEqualTo("desk");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void randomBytesHinderNobody(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            byte[] bytes = new byte[HANDSHAKE.length + random.nextInt(5_000)];
            random.nextBytes(bytes);
            if (random.nextBoolean()) {
                System.arraycopy(HANDSHAKE, 0, bytes, 0, HANDSHAKE.length);
            }
            try (Raw raw = new Raw(broker.address())) {
                raw.pour(bytes);
            }
        }
    }

    @Test
    void aFloodInsideEndsTheConnection() {
        try (Http2Socket socket = Http2Socket.to(broker.address(), tls)) {
            for (int i = 0; i < 100_000 && !socket.hasEnded(); i++) {
                socket.frame(Http2Socket.SETTINGS, 0, 0, Http2Socket.NOTHING);
            }
            socket.send();

            assertThat(socket.ended()).hasValue(ENHANCE_YOUR_CALM);
        }
    }
}
