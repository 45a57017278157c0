package dev.tidings.broker.subscriptions;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Looks whether texts are what they are said to be (RFC 7468).
final class Pem {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----\\s*");

    private Pem() {}

    /// Why these are no certificates; null where they are.
    static @Nullable String ofCertificates(String text) {
        return certificates(text).isEmpty()
                ? "expected X.509 certificates in PEM, one behind the other: -----BEGIN CERTIFICATE----- …"
                : null;
    }

    /// Why this is not the private key of the first of the certificates; null where it may be.
    static @Nullable String ofKey(String text, String chain) {
        Matcher matcher = KEY.matcher(text);
        List<Certificate> certificates = certificates(chain);
        if (!matcher.matches()) {
            return "expected a private key in PEM, not encrypted, as PKCS #8: -----BEGIN PRIVATE KEY----- …; 'openssl"
                    + " pkcs8 -topk8 -nodes' makes one of others";
        }
        if (certificates.isEmpty()) {
            return null;
        }
        PublicKey publicKey = certificates.getFirst().getPublicKey();
        try {
            byte[] key = Base64.getMimeDecoder().decode(matcher.group(1));
            KeyFactory.getInstance(publicKey.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(key));
            return null;
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            return "it is no " + publicKey.getAlgorithm() + " key, as the certificate has";
        }
    }

    private static List<Certificate> certificates(String text) {
        try {
            var bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
            return new ArrayList<>(CertificateFactory.getInstance("X.509").generateCertificates(bytes));
        } catch (CertificateException _) {
            return List.of();
        }
    }
}
