package dev.tidings.it;

import static dev.tidings.it.Statement.CALLER_BY_API_KEY;
import static dev.tidings.it.Statement.INSECURE_BINDS_LOOPBACK;
import static dev.tidings.it.Statement.INSECURE_ONLY_WHEN_TOLD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Who is calling, without TLS.
class CallerTest {
    private static final CatalogText NOBODY = CatalogText.EMPTY.type(Shop.PLACED);

    @Test
    @Proves(CALLER_BY_API_KEY)
    void isProvenByAnApiKeyOfWhichOnlyTheHashIsStored() throws IOException {
        String key = "a very secret key 1748";
        CatalogText catalog = Shop.CATALOG.clientWith(
                "kiosk",
                List.of(
                        "credentials: [{ api-key-sha256: " + Digests.sha256(key) + " }]",
                        "consumes: { types: [" + Shop.PLACED + "] }"));

        try (RunningBroker broker = RunningBroker.with(catalog).start()) {
            assertThat(clientOf(broker.clientWith(key))).isEqualTo("kiosk");
            broker.clientWith(key + "9").get("/ce/tools/my-settings").refused(401, "unauthenticated");
            broker.clientWith(Digests.sha256(key)).get("/ce/tools/my-settings").refused(401, "unauthenticated");

            broker.restart();

            assertThat(clientOf(broker.clientWith(key))).isEqualTo("kiosk");
            assertThat(bytesIn(broker.data())).doesNotContain(key);
        }
    }

    @Test
    @Proves(CALLER_BY_API_KEY)
    void isWhoTheCatalogSaysFromTheMomentItIsApplied() {
        try (RunningBroker broker = RunningBroker.with(Shop.CATALOG).start()) {
            broker.client("shop").produce(Shop.order("1")).accepted(1, 0);
            CatalogText other = CatalogText.EMPTY
                    .type(Shop.PLACED)
                    .client("admin", "admin: true")
                    .clientWith("shop", List.of("credentials: [{ api-key-sha256: " + Digests.sha256("new") + " }]"))
                    .clientWith("heir", List.of("credentials: [{ api-key-sha256: " + Digests.sha256("desk") + " }]"));

            broker.catalog(other);

            broker.client("shop").produce(Shop.order("2")).refused(401, "unauthenticated");
            broker.clientWith("new").produce(Shop.order("2")).refused(401, "not-allowed");
            assertThat(clientOf(broker.clientWith("desk"))).isEqualTo("heir");
        }
    }

    @Test
    @Proves(INSECURE_ONLY_WHEN_TOLD)
    void mustBeProvableUnlessTheServerIsToldOtherwise() {
        try (ServerProcess server = ServerProcess.with(NOBODY)) {
            int exitCode = server.startInVain();

            assertThat(exitCode).isEqualTo(2);
            assertThat(server.log()).contains("--insecure").doesNotContain("\tat ");
        }
    }

    @Test
    @Proves({INSECURE_ONLY_WHEN_TOLD, INSECURE_BINDS_LOOPBACK})
    void isAnybodyOnLoopbackWhereTheServerIsInsecure() {
        try (ServerProcess server = ServerProcess.with(NOBODY).start("--insecure")) {
            Client guest = server.clientWith(null);

            guest.produce(Shop.order("1")).accepted(1, 0);

            assertThat(clientOf(guest)).isEqualTo("guest");
            assertThat(server.greeting()).contains("INSECURE");
            assertThat(server.log()).contains("INSECURE");
            assertThat(URI.create(guest.base()).getHost()).isEqualTo("127.0.0.1");
            elsewhere()
                    .ifPresent(address ->
                            assertThatThrownBy(() -> connect(address, guest)).isInstanceOf(IOException.class));
        }
    }

    @Test
    @Proves(INSECURE_BINDS_LOOPBACK)
    void mayNotBeAnybodyFromElsewhere() {
        try (ServerProcess server = ServerProcess.with(NOBODY).configured("server: { http: { host: 0.0.0.0 } }\n")) {
            int exitCode = server.startInVain("--insecure");

            assertThat(exitCode).isEqualTo(2);
            assertThat(server.log()).contains("loopback").doesNotContain("\tat ");
        }
    }

    static String clientOf(Client client) {
        return client.get("/ce/tools/my-settings")
                .expect(200)
                .json()
                .path("client")
                .asString();
    }

    private static String bytesIn(Path directory) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        assumeThat(all).as("what is stored").contains(Shop.PLACED);
        return all.toString();
    }

    private static void connect(InetAddress address, Client client) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(address, URI.create(client.base()).getPort()), 5_000);
        }
    }

    /// An address of this machine that is not loopback.
    private static Optional<InetAddress> elsewhere() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
