package dev.tidings.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.broker.catalog.Catalog;
import dev.tidings.broker.catalog.ClientEntry.Credential;
import dev.tidings.server.fake.FixedCatalogs;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    private static final String BEARER = "Authorization";

    @TempDir
    static Path directory;

    private static Keytool keytool;
    private static Path authority;
    private static Path server;
    private static Path signedClient;
    private static Path ownClient;
    private static Path impostor;

    private final FixedCatalogs catalogs = new FixedCatalogs();
    private TlsFixture fixture;

    @BeforeAll
    static void makeKeys() {
        keytool = new Keytool(directory);
        authority = keytool.authority("authority", "CN=Authority");
        server = keytool.signed("server", "CN=server", authority);
        signedClient = keytool.signed("shop", "CN=shop,O=Example", authority);
        ownClient = keytool.pair("bank", "CN=bank");
        impostor = keytool.pair("impostor", "CN=shop,O=Example");
    }

    @AfterEach
    void stop() {
        if (fixture != null) {
            fixture.close();
        }
    }

    private static TlsConfig config() {
        return TlsConfig.pem(keytool.certificates(server), keytool.key(server));
    }

    private static TlsConfig asking(ClientCertificates clients) {
        return config().withClients(clients, keytool.certificates(authority));
    }

    private void serve(TlsConfig config) throws TlsProblem, IOException {
        fixture = new TlsFixture(config, catalogs, authority);
    }

    private static Credential pinned(Path store) {
        return new Credential.CertificateFingerprint(Keytool.fingerprint(store));
    }

    private static Credential keyOf(String secret) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return new Credential.ApiKey(HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void speaksHttp2OverTls() throws Exception {
        serve(config());

        try (HttpClient client = fixture.client(null)) {
            HttpResponse<String> answer = fixture.get(client, "/health/live");
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
        }
    }

    @Test
    void loadsAPkcs12Store() throws Exception {
        serve(TlsConfig.pkcs12(server, keytool.write("password", Keytool.PASSWORD + "\n")));

        try (HttpClient client = fixture.client(null)) {
            assertThat(fixture.get(client, "/health/live").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void loadsKeysInTheOlderFormsToo() throws Exception {
        Path rsa = keytool.pair("rsa", "CN=rsa", "-keyalg", "RSA", "-keysize", "2048");
        byte[] rsaKey = Keytool.privateKey(rsa).getEncoded();
        Path pkcs1 = keytool.write(
                "pkcs1.key", Keytool.pem("RSA PRIVATE KEY", Arrays.copyOfRange(rsaKey, 26, rsaKey.length)));

        open(TlsConfig.pem(keytool.certificates(rsa), pkcs1));
        open(TlsConfig.pem(keytool.certificates(ownClient), keytool.write("sec1.key", sec1(ownClient))));
    }

    /// A SEC 1 key is what PKCS#8 wraps, with the curve named inside.
    private static String sec1(Path store) {
        byte[] pkcs8 = Keytool.privateKey(store).getEncoded();
        byte[] scalar = Arrays.copyOfRange(pkcs8, pkcs8.length - 32, pkcs8.length);
        String curve = "a00a06082a8648ce3d030107";
        return Keytool.pem(
                "EC PRIVATE KEY",
                HexFormat.of().parseHex("30310201010420" + HexFormat.of().formatHex(scalar) + curve));
    }

    @Test
    void knowsAClientByTheFingerprintOfItsOwnCertificate() throws Exception {
        catalogs.client("bank", pinned(ownClient));
        serve(asking(ClientCertificates.REQUIRED));

        assertThat(fixture.whoAmI(ownClient).body()).isEqualTo("bank");
    }

    @Test
    void knowsAPinnedClientWithoutAnyAuthority() throws Exception {
        catalogs.client("bank", pinned(ownClient));
        serve(config().withClients(ClientCertificates.REQUIRED, null));

        assertThat(fixture.whoAmI(ownClient).body()).isEqualTo("bank");
        assertThatThrownBy(() -> fixture.whoAmI(signedClient)).isInstanceOf(IOException.class);
    }

    @Test
    void knowsAClientByItsSubjectUnderATrustedAuthority() throws Exception {
        catalogs.client("shop", new Credential.CertificateSubject("CN=shop, O=Example"));
        serve(asking(ClientCertificates.REQUIRED));

        assertThat(fixture.whoAmI(signedClient).body()).isEqualTo("shop");
    }

    @Test
    void takesNoSubjectFromACertificateThatCameInByItsFingerprint() throws Exception {
        catalogs.client("shop", new Credential.CertificateSubject("CN=shop, O=Example"));
        catalogs.client("thief", pinned(impostor));
        serve(asking(ClientCertificates.OPTIONAL));

        try (HttpClient client = fixture.client(impostor)) {
            assertThat(fixture.get(client, "/ce/tools/my-settings").body()).isEqualTo("thief");
            catalogs.client("thief");

            assertThat(fixture.get(client, "/ce/tools/my-settings").statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void letsNobodyInWithoutAKnownCertificateWhereOneIsRequired() throws Exception {
        serve(asking(ClientCertificates.REQUIRED));

        assertThatThrownBy(() -> fixture.whoAmI(null)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> fixture.whoAmI(impostor)).isInstanceOf(IOException.class);
    }

    @Test
    void letsAClientInWithAKeyWhereACertificateIsOptional() throws Exception {
        catalogs.client("shop", keyOf("secret"));
        serve(asking(ClientCertificates.OPTIONAL));

        assertThat(fixture.whoAmI(null, BEARER, "Bearer secret").body()).isEqualTo("shop");
        assertThat(fixture.whoAmI(null).statusCode()).isEqualTo(401);
    }

    @Test
    void isNobodyWhoseCertificateAndKeyAreNotOfOneClient() throws Exception {
        catalogs.client("shop", keyOf("secret"));
        catalogs.client("bank", pinned(ownClient), keyOf("other"));
        serve(asking(ClientCertificates.OPTIONAL));

        assertThat(fixture.whoAmI(ownClient, BEARER, "Bearer secret").statusCode())
                .isEqualTo(401);
        assertThat(fixture.whoAmI(ownClient, BEARER, "Bearer nonsense").statusCode())
                .isEqualTo(401);
        assertThat(fixture.whoAmI(ownClient, BEARER, "Bearer other").body()).isEqualTo("bank");
    }

    @Test
    void takesAKeyBesideACertificateThatIsNoClients() throws Exception {
        catalogs.client("shop", keyOf("secret"));
        serve(asking(ClientCertificates.REQUIRED));

        assertThat(fixture.whoAmI(signedClient, BEARER, "Bearer secret").body()).isEqualTo("shop");
        assertThat(fixture.whoAmI(signedClient).statusCode()).isEqualTo(401);
    }

    @Test
    void forgetsAClientAtOnceOnAConnectionThatStays() throws Exception {
        catalogs.client("bank", pinned(ownClient));
        serve(asking(ClientCertificates.REQUIRED));

        try (HttpClient client = fixture.client(ownClient)) {
            assertThat(fixture.get(client, "/ce/tools/my-settings").statusCode())
                    .isEqualTo(200);
            catalogs.set(Catalog.EMPTY);

            assertThat(fixture.get(client, "/ce/tools/my-settings").statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void usesANewCertificateOnceItsFilesChanged() throws Exception {
        TlsConfig config = movable("reload");
        serve(config);
        assertThat(servedCertificate()).isEqualTo(Keytool.certificate(server));

        Path renewed = keytool.signed("renewed", "CN=renewed", authority);
        replace(keytool.certificates(renewed), config.certificate());
        replace(keytool.key(renewed), config.key());
        fixture.tls.reload();

        assertThat(servedCertificate()).isEqualTo(Keytool.certificate(renewed));
    }

    @Test
    void keepsTheOldCertificateWhereTheNewFilesAreBad() throws Exception {
        TlsConfig config = movable("bad");
        serve(config);

        Files.writeString(config.key(), "nonsense");
        fixture.tls.reload();
        assertThat(servedCertificate()).isEqualTo(Keytool.certificate(server));

        Files.delete(config.key());
        fixture.tls.reload();
        assertThat(servedCertificate()).isEqualTo(Keytool.certificate(server));
    }

    @Test
    void trustsANewAuthorityOnceItsFileChanged() throws Exception {
        Path other = keytool.authority("other-authority", "CN=Other");
        Path late = keytool.signed("late", "CN=late", other);
        catalogs.client("late", new Credential.CertificateSubject("CN=late"));
        Path authorities = keytool.write("authorities.pem", Files.readString(keytool.certificates(authority)));
        serve(config().withClients(ClientCertificates.REQUIRED, authorities));
        assertThatThrownBy(() -> fixture.whoAmI(late)).isInstanceOf(IOException.class);

        Files.writeString(authorities, Files.readString(keytool.certificates(other)));
        fixture.tls.reload();

        assertThat(fixture.whoAmI(late).body()).isEqualTo("late");
    }

    @Test
    void saysWhatIsWrongWithItsFiles() {
        Path certificate = keytool.certificates(server);
        Path key = keytool.key(server);
        Path foreign = keytool.key(ownClient);
        Path encrypted = keytool.write("encrypted.key", Keytool.pem("ENCRYPTED PRIVATE KEY", new byte[] {1}));
        Path wrong = keytool.write("wrong", "wrong");

        assertThatThrownBy(() -> open(TlsConfig.pem(certificate, foreign))).hasMessageContaining("does not belong");
        assertThatThrownBy(() -> open(TlsConfig.pem(key, key))).hasMessageContaining("no block CERTIFICATE");
        assertThatThrownBy(() -> open(TlsConfig.pem(certificate, certificate)))
                .hasMessageContaining("no block PRIVATE KEY");
        assertThatThrownBy(() -> open(TlsConfig.pem(certificate, encrypted))).hasMessageContaining("encrypted");
        assertThatThrownBy(() -> open(TlsConfig.pem(certificate, directory.resolve("missing"))))
                .hasMessageContaining("there is no file");
        assertThatThrownBy(() -> open(TlsConfig.pkcs12(server, wrong))).hasMessageContaining("password");
        assertThatThrownBy(() -> open(config().withClients(ClientCertificates.REQUIRED, key)))
                .hasMessageContaining("authorities");
    }

    private static void open(TlsConfig config) throws TlsProblem {
        assertThat(Tls.open(config, Files::readAllBytes, _ -> false)).isNotNull();
    }

    private static TlsConfig movable(String name) throws IOException {
        Path certificate = keytool.write(name + ".crt", Files.readString(keytool.certificates(server)));
        Path key = keytool.write(name + ".key", Files.readString(keytool.key(server)));
        return TlsConfig.pem(certificate, key);
    }

    private static void replace(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }

    private X509Certificate servedCertificate() throws IOException {
        try (HttpClient client = fixture.client(null)) {
            return (X509Certificate) fixture.get(client, "/health/live")
                    .sslSession()
                    .orElseThrow()
                    .getPeerCertificates()[0];
        }
    }
}
