package dev.tidings.server.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A certificate with its chain, and the key that belongs to it.
record ServerIdentity(List<X509Certificate> chain, PrivateKey key) {
    ServerIdentity {
        chain = List.copyOf(chain);
    }

    static ServerIdentity ofPem(byte[] certificates, byte[] key) throws TlsProblem {
        List<X509Certificate> chain = certificates(certificates);
        if (chain.isEmpty()) {
            throw new TlsProblem("the certificate file holds no block CERTIFICATE");
        }
        for (Pem.Block block : Pem.blocks(key)) {
            if (block.label().endsWith("PRIVATE KEY")) {
                return new ServerIdentity(chain, PrivateKeys.of(block)).checked();
            }
        }
        throw new TlsProblem("the key file holds no block PRIVATE KEY");
    }

    static ServerIdentity ofPkcs12(byte[] store, String password) throws TlsProblem {
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            char[] secret = password.toCharArray();
            keys.load(new ByteArrayInputStream(store), secret);
            for (String alias : Collections.list(keys.aliases())) {
                if (keys.getKey(alias, secret) instanceof PrivateKey key) {
                    return new ServerIdentity(x509(keys.getCertificateChain(alias)), key).checked();
                }
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new TlsProblem("the PKCS#12 store cannot be opened (a wrong password?): " + e.getMessage());
        }
        throw new TlsProblem("the PKCS#12 store holds no private key");
    }

    static List<X509Certificate> certificates(byte[] pem) throws TlsProblem {
        List<X509Certificate> found = new ArrayList<>();
        for (Pem.Block block : Pem.blocks(pem)) {
            if (block.label().equals("CERTIFICATE")) {
                found.add(certificate(block.der()));
            }
        }
        return found;
    }

    private static X509Certificate certificate(byte[] der) throws TlsProblem {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new TlsProblem("a certificate is damaged: " + e.getMessage());
        }
    }

    private static List<X509Certificate> x509(Certificate[] chain) {
        List<X509Certificate> found = new ArrayList<>();
        for (Certificate certificate : chain) {
            found.add((X509Certificate) certificate);
        }
        return found;
    }

    /// Signs something to see that key and certificate belong together: a server with a pair that does not would
    /// start, and fail each handshake.
    private ServerIdentity checked() throws TlsProblem {
        try {
            Signature signer = Signature.getInstance(algorithm());
            signer.initSign(key);
            signer.update(chain.getFirst().getSignature());
            byte[] signature = signer.sign();
            signer.initVerify(chain.getFirst().getPublicKey());
            signer.update(chain.getFirst().getSignature());
            if (signer.verify(signature)) {
                return this;
            }
        } catch (GeneralSecurityException e) {
            throw new TlsProblem("the private key does not belong to the certificate: " + e.getMessage());
        }
        throw new TlsProblem("the private key does not belong to the certificate");
    }

    private String algorithm() {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
    }
}
