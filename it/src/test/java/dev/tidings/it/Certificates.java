package dev.tidings.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Certificates made by the JDK's keytool: `server`, an authority `ca`, and what the test asks for.
final class Certificates {
    private static final String PASSWORD = "changeit";

    private final Path directory;

    Certificates(Path directory) {
        this.directory = directory;
        make("server", "CN=localhost", "-ext", "san=ip:127.0.0.1");
        make("ca", "CN=Authority", "-ext", "bc:c");
    }

    /// Makes a certificate that only itself vouches for.
    Certificates selfSigned(String alias, String subject) {
        make(alias, subject);
        return this;
    }

    /// Makes a certificate that the authority vouches for.
    Certificates issued(String alias, String subject) {
        make(alias, subject, "-signer", "ca");
        return this;
    }

    /// What a client with that certificate speaks TLS with; it trusts the server.
    SSLContext client(String alias) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(only(alias), PASSWORD.toCharArray());
            SSLContext mine = SSLContext.getInstance("TLS");
            mine.init(keys.getKeyManagers(), trust("server").getTrustManagers(), null);
            return mine;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// What a server speaks TLS with that trusts the authority.
    SSLContext server() {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(only("server"), PASSWORD.toCharArray());
            SSLContext mine = SSLContext.getInstance("TLS");
            mine.init(keys.getKeyManagers(), trust("ca").getTrustManagers(), null);
            return mine;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// What a client without a certificate speaks TLS with; it trusts the server.
    SSLContext anonymous() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust("server").getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A PKCS#12 store with one key.
    Path store(String alias) {
        Path store = directory.resolve(alias + ".p12");
        try (OutputStream out = Files.newOutputStream(store)) {
            only(alias).store(out, PASSWORD.toCharArray());
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A file that holds the password of the stores.
    String password() {
        return PASSWORD;
    }

    Path passwordFile() {
        return written("password", PASSWORD);
    }

    /// A PEM file with the certificate.
    Path pem(String alias) {
        return written(alias + ".pem", text(alias));
    }

    /// The certificate in PEM.
    String text(String alias) {
        return block("CERTIFICATE", der(alias));
    }

    /// Its private key in PEM.
    String key(String alias) {
        try {
            return block(
                    "PRIVATE KEY", all().getKey(alias, PASSWORD.toCharArray()).getEncoded());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String block(String label, byte[] der) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
    }

    byte[] der(String alias) {
        try {
            return all().getCertificate(alias).getEncoded();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private TrustManagerFactory trust(String alias) throws GeneralSecurityException, IOException {
        KeyStore trusted = empty();
        trusted.setCertificateEntry(alias, all().getCertificate(alias));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        return trust;
    }

    private KeyStore only(String alias) throws GeneralSecurityException, IOException {
        KeyStore all = all();
        KeyStore one = empty();
        Certificate[] chain = all.getCertificateChain(alias);
        one.setKeyEntry(alias, all.getKey(alias, PASSWORD.toCharArray()), PASSWORD.toCharArray(), chain);
        return one;
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

    private Path written(String name, String text) {
        try {
            return Files.writeString(directory.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        Ran ran = Ran.of(command);
        if (ran.exitCode() != 0) {
            throw new IllegalStateException(ran.output());
        }
    }
}
