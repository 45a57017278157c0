package dev.tidings.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectingTest {
    @ParameterizedTest
    @ValueSource(strings = {"localhost:8080", "ftp://localhost", "http:localhost", "/ce"})
    void refusesWhatIsNoAddressOfABroker(String address) {
        assertThatThrownBy(() -> Tidings.connect(URI.create(address)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("http://localhost:8080");
    }

    @Test
    void showsNothingOfASecret() {
        assertThat(Credentials.apiKey("s3cret")).asString().doesNotContain("s3cret");
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatThrownBy(() -> Firing.DEFAULT.withBatch(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Listening.to("print", "a.b").ackTimeout(Duration.ofMillis(999)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Firing.DEFAULT.withLinger(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
