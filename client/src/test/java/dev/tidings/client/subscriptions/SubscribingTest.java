package dev.tidings.client.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class SubscribingTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Subscribing PLAIN = Subscribing.to(URI.create("https://shop.example/events"));

    @Test
    void isWrittenAsTheBrokerReadsIt() {
        Subscribing wanted = PLAIN.types("a.b", "a.c")
                .source("/shop")
                .filters("{\"exact\":{\"id\":\"1\"}}")
                .mode(Subscribing.Mode.BATCH)
                .header("X-Team", "shop")
                .header("X-More", "1")
                .trusted("PEM")
                .from("earliest")
                .unordered()
                .maxRate(5)
                .concurrency(2)
                .retries(Duration.ofSeconds(1), Duration.ofMinutes(10), Duration.ofDays(1))
                .paused();

        assertThat(JSON.readTree(wanted.json())).isEqualTo(JSON.readTree("""
                        {"sink":"https://shop.example/events","protocol":"HTTP","types":["a.b","a.c"],"source":"/shop",
                         "filters":[{"exact":{"id":"1"}}],
                         "protocolsettings":{"mode":"batch","headers":{"X-Team":"shop","X-More":"1"},"trusted":"PEM"},
                         "config":{"from":"earliest","order":"none","maxRate":5,"concurrency":2,
                           "retries":{"first":"1000ms","longest":"600000ms","giveUp":"86400000ms"},"paused":true}}"""));
    }

    @Test
    void changesNothingOfWhatItWasMadeOf() {
        Subscribing one = PLAIN.from("latest");
        Subscribing other = one.maxRate(1).sink(URI.create("https://other.example/"));

        assertThat(one).isEqualTo(PLAIN.from("latest")).isNotEqualTo(other).hasSameHashCodeAs(PLAIN.from("latest"));
        assertThat(Subscribing.of(other.json())).isEqualTo(other);
    }

    @Test
    void hasTheCredentialButDoesNotShowIt() {
        Instant expires = Instant.parse("2027-01-31T00:00:00Z");
        Subscribing token = PLAIN.credential(new SinkCredential.AccessToken("geheim", expires));
        Subscribing plain = PLAIN.credential(new SinkCredential.Plain("shop", "geheim"));
        Subscribing certificate = PLAIN.credential(new SinkCredential.Certificate("chain", "geheim"));

        assertThat(token.json())
                .contains("\"sinkcredential\":{\"credentialtype\":\"ACCESSTOKEN\",\"accesstoken\":\"geheim\","
                        + "\"accesstokenexpiresutc\":\"2027-01-31T00:00:00Z\"}");
        assertThat(plain.json())
                .contains("{\"credentialtype\":\"PLAIN\",\"identifier\":\"shop\",\"secret\":\"geheim\"}");
        assertThat(certificate.json())
                .contains("{\"credentialtype\":\"CERTIFICATE\",\"certificate\":\"chain\",\"key\":\"geheim\"}");
        assertThat(new Object[] {
                    token,
                    plain,
                    certificate,
                    new SinkCredential.AccessToken("geheim", null),
                    new SinkCredential.Plain("shop", "geheim"),
                    new SinkCredential.Certificate("chain", "geheim"),
                    new Subscription("1", 1, "active", null, plain, expires, expires, "geheim")
                })
                .allSatisfy(shown -> assertThat(shown.toString()).doesNotContain("geheim"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "1"})
    void isReadFromAnObjectOnly(String json) {
        assertThatThrownBy(() -> Subscribing.of(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a subscription is a JSON object");
    }
}
