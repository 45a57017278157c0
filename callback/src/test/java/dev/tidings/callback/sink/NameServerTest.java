package dev.tidings.callback.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameServerTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.53, 10.0.0.53, 53",
        "10.0.0.53:5353, 10.0.0.53, 5353",
        "fd00::53, fd00::53, 53",
        "[fd00::53], fd00::53, 53",
        "[fd00::53]:65535, fd00::53, 65535"
    })
    void isAnAddressWithAPortOrWithout(String text, String address, int port) {
        assertThat(NameServer.parse(text))
                .isEqualTo(new InetSocketAddress(AddressBlock.literal(address).orElseThrow(), port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "ns.example.org:53",
                "10.0.0.53:",
                "10.0.0.53:0",
                "10.0.0.53:65536",
                "10.0.0.53:dns",
                "10.0.0",
                "[fd00::53",
                "[fd00::53]53",
                "[]:53",
                ":53"
            })
    void isNothingElse(String text) {
        assertThatThrownBy(() -> NameServer.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name server such as");
    }
}
