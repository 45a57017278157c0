package dev.tidings.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/// Certificates in files, and those that clients show.
class CertificatesFuzzTest {
    private static final ClientTrust NOBODY = new ClientTrust(null, _ -> false);

    @FuzzTest
    void areReadOrSayWhatIsWrongWithThem(byte[] der) {
        String pem = "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
                .formatted(Base64.getMimeEncoder().encodeToString(der));
        try {
            List<X509Certificate> chain = ServerIdentity.certificates(pem.getBytes(StandardCharsets.US_ASCII));
            X509Certificate[] shown = chain.toArray(X509Certificate[]::new);
            assertThat(NOBODY.vouchFor(shown)).isFalse();
            assertThatThrownBy(() -> NOBODY.checkClientTrusted(shown, "RSA")).isInstanceOf(CertificateException.class);
        } catch (TlsProblem problem) {
            assertThat(problem).message().isNotBlank();
        }
    }
}
