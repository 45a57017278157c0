package dev.tidings.server.tls;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateKeysTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "a00106ff", "a00106ff00", "a0820680"})
    void saysOfAKeyWhoseCurveHasNoLengthThatItNamesNone(String key) {
        Pem.Block block = new Pem.Block("EC PRIVATE KEY", HexFormat.of().parseHex(key));

        assertThatThrownBy(() -> PrivateKeys.of(block))
                .isInstanceOf(TlsProblem.class)
                .hasMessageContaining("does not name its curve");
    }
}
