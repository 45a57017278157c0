package dev.tidings.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

class PrivateKeysFuzzTest {
    @FuzzTest
    void areReadOrSayWhatIsWrongWithThem(byte[] file) {
        read(file);
        for (String label : new String[] {"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"}) {
            read(new Pem.Block(label, file));
        }
    }

    private static void read(byte[] file) {
        try {
            Pem.blocks(file).forEach(PrivateKeysFuzzTest::read);
        } catch (TlsProblem problem) {
            assertThat(problem).message().isNotBlank();
        }
    }

    private static void read(Pem.Block block) {
        try {
            assertThat(PrivateKeys.of(block)).isNotNull();
        } catch (TlsProblem problem) {
            assertThat(problem).message().isNotBlank();
        }
    }
}
