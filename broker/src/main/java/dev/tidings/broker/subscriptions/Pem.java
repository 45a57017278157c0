package dev.tidings.broker.subscriptions;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
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

    private static final byte[] PROBE = "whose key is it?".getBytes(StandardCharsets.UTF_8);

    private Pem() {}

    /// Why these are no certificates; null where they are.
    static @Nullable String ofCertificates(String text) {
        return certificates(text).isEmpty()
                ? "expected X.509 certificates in PEM, one behind the other: -----BEGIN CERTIFICATE----- …"
                : null;
    }

    /// Why this is not the private key of the first of the certificates; null where it is, as far as can be told.
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
        String algorithm = publicKey.getAlgorithm();
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(matcher.group(1));
            PrivateKey key = KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
            return matches(key, publicKey) ? null : "it is another key than that of the certificate";
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            return "it is no " + algorithm + " key, as the certificate has";
        }
    }

    /// Whether what one signs the other verifies; of algorithms that are not known here, that is believed.
    private static boolean matches(PrivateKey key, PublicKey publicKey) throws GeneralSecurityException {
        String signing = switch (publicKey.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case "EdDSA" -> "EdDSA";
            default -> null;
        };
        if (signing == null) {
            return true;
        }
        Signature signer = Signature.getInstance(signing);
        signer.initSign(key);
        signer.update(PROBE);
        byte[] signature = signer.sign();
        signer.initVerify(publicKey);
        signer.update(PROBE);
        return signer.verify(signature);
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
