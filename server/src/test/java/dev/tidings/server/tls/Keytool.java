package dev.tidings.server.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/// Keys and certificates for tests, made by the JDK's keytool, in a directory.
final class Keytool {
    static final String PASSWORD = "changeit";
    private final Path directory;

    Keytool(Path directory) {
        this.directory = directory;
    }

    /// A PKCS#12 store with a new key and a certificate of its own signature, or of its authority's.
    Path pair(String name, String subject, String... more) {
        Path store = directory.resolve(name + ".p12");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        Collections.addAll(command, "-genkeypair", "-alias", "it", "-dname", subject, "-validity", "30");
        Collections.addAll(command, "-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD);
        Collections.addAll(command, more);
        if (!command.contains("-keyalg")) {
            Collections.addAll(command, "-keyalg", "EC", "-groupname", "secp256r1");
        }
        run(command);
        return store;
    }

    Path authority(String name, String subject) {
        return pair(name, subject, "-ext", "bc:c");
    }

    /// A pair whose certificate an authority signed. The keytool wants both in one store, so for a while they are.
    Path signed(String name, String subject, Path authority) {
        Path store = directory.resolve(name + ".p12");
        change(authority, store, keys -> {
            keys.setKeyEntry("signer", privateKey(authority), PASSWORD.toCharArray(), keys.getCertificateChain("it"));
            keys.deleteEntry("it");
        });
        pair(name, subject, "-signer", "signer", "-ext", "san=ip:127.0.0.1");
        change(store, store, keys -> keys.deleteEntry("signer"));
        return store;
    }

    @FunctionalInterface
    private interface Change {
        void on(KeyStore keys) throws GeneralSecurityException;
    }

    private static void change(Path from, Path to, Change change) {
        KeyStore keys = open(from);
        try (OutputStream out = Files.newOutputStream(to)) {
            change.on(keys);
            keys.store(out, PASSWORD.toCharArray());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The certificates of a store, in a PEM file.
    Path certificates(Path store) {
        StringBuilder pem = new StringBuilder();
        for (Certificate certificate : chain(store)) {
            pem.append(pem("CERTIFICATE", encoded(certificate)));
        }
        return write(store.getFileName() + ".crt", pem.toString());
    }

    /// The key of a store, in a PEM file.
    Path key(Path store) {
        return write(
                store.getFileName() + ".key",
                pem("PRIVATE KEY", privateKey(store).getEncoded()));
    }

    Path write(String name, String text) {
        try {
            return Files.writeString(directory.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String fingerprint(Path store) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(encoded(chain(store)[0])));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static X509Certificate certificate(Path store) {
        return (X509Certificate) chain(store)[0];
    }

    static KeyStore open(Path store) {
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            return keys;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static Key privateKey(Path store) {
        try {
            return open(store).getKey("it", PASSWORD.toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String pem(String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    private static Certificate[] chain(Path store) {
        try {
            return open(store).getCertificateChain("it");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] encoded(Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(command + ": " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
