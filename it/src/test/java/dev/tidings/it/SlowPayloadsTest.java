package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.model.Bytes;
import dev.tidings.server.http.HttpConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Clients that do not go on with a payload give their place to others.
class SlowPayloadsTest {
    private static final HttpConfig.Deadlines SHORT =
            HttpConfig.Deadlines.DEFAULT.withBody(Duration.ofSeconds(2)).withAnswer(Duration.ofSeconds(2));
    private static final String STORE = "/ce/payloads?type=" + Shop.PLACED;
    /// More than the network takes by itself.
    private static final int LARGE = 32 << 20;

    @RegisterExtension
    final RunningBroker broker = RunningBroker.with(Shop.CATALOG)
            .and(config -> config.withServer(
                    config.server().withHttp(config.server().http().withDeadlines(SHORT))));

    @Test
    void sendABodyThatDoesNotGoOn() {
        try (Raw client = new Raw(broker.address())) {
            client.write("PUT " + STORE + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer shop\r\n"
                    + "Content-Length: 1000000\r\n\r\nhalf a ");

            assertThat(client.rest()).isEmpty();
        }
        awaitRest();
        assertThat(broker.clientWith(null).metric("tidings_payloads_bytes")).isZero();
    }

    @Test
    void takeNothingOfWhatTheyFetch() {
        String path = broker.client("shop")
                .send(Call.of("PUT", STORE).body(Bytes.of(new byte[LARGE])))
                .expect(201)
                .header("Location")
                .replace(broker.address(), "");
        try (Raw client = new Raw(broker.address())) {
            client.write("GET " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer shop\r\n\r\n");

            while (broker.clientWith(null).metric("tidings_payloads_transfers") == 0) {
                Thread.onSpinWait();
            }
            awaitRest();
        }
    }

    private void awaitRest() {
        while (broker.clientWith(null).metric("tidings_payloads_transfers") > 0) {
            Thread.onSpinWait();
        }
    }
}
