package dev.tidings.callback.sink;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Certificates made by the JDK's keytool: an authority `ca`, and what the test asks for.
final class TestCertificates {
    private static final String PASSWORD = "changeit";

    private final Path directory;

    TestCertificates(Path directory) {
        this.directory = directory;
        make("ca", "CN=Authority", "-ext", "bc:c");
    }

    /// One that the authority vouches for.
    TestCertificates issued(String alias, String subject, String... more) {
        List<String> options = new ArrayList<>(List.of("-signer", "ca"));
        options.addAll(List.of(more));
        make(alias, subject, options.toArray(String[]::new));
        return this;
    }

    /// One that only itself vouches for.
    TestCertificates selfSigned(String alias, String subject, String... more) {
        make(alias, subject, more);
        return this;
    }

    /// What a server with that certificate speaks TLS with; it trusts the authority.
    SSLContext server(String alias) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            KeyStore one = empty();
            one.setKeyEntry(alias, key(alias), PASSWORD.toCharArray(), all().getCertificateChain(alias));
            keys.init(one, PASSWORD.toCharArray());
            KeyStore trusted = empty();
            trusted.setCertificateEntry("ca", all().getCertificate("ca"));
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The certificates of its chain, in PEM.
    String chain(String alias) {
        try {
            return Arrays.stream(all().getCertificateChain(alias))
                    .map(TestCertificates::der)
                    .map(der -> block("CERTIFICATE", der))
                    .collect(Collectors.joining());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Its private key, in PEM.
    String privateKey(String alias) {
        try {
            return block("PRIVATE KEY", key(alias).getEncoded());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] der(Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String block(String label, byte[] der) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
    }

    private java.security.Key key(String alias) throws GeneralSecurityException, IOException {
        return all().getKey(alias, PASSWORD.toCharArray());
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private KeyStore all() throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        try (InputStream in = Files.newInputStream(directory.resolve("all.p12"))) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private void make(String alias, String subject, String... more) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                directory.resolve("all.p12").toString(),
                "-storepass",
                PASSWORD,
                "-alias",
                alias,
                "-dname",
                subject));
        command.addAll(List.of(more));
        try {
            Process keytool =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(keytool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
