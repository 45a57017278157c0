package dev.tidings.broker.payloads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.catalog.ClientEntry;
import dev.tidings.broker.lanes.LaneStreams;
import dev.tidings.engine.testkit.disk.Crash;
import dev.tidings.model.ErrorCode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CollectorTest {
    private final Warehouse house = new Warehouse();

    @Test
    void removesWhatNoEventComesToReferTo() throws IOException {
        Payload payload = house.store("a scan");

        house.pass(Duration.ofHours(24));
        assertThat(house.has(payload)).isTrue();

        house.pass(Duration.ofSeconds(1));
        assertThat(house.has(payload)).isFalse();
        assertThat(house.files()).isEmpty();
        assertThat(house.payloads.figures().bytes()).isZero();
        assertThat(house.payloads.figures().collected()).isEqualTo(1);
    }

    @Test
    void keepsAPayloadForAsLongAsAnEventThatRefersToIt() throws IOException {
        Payload payload = house.store("a scan");
        house.publish(payload);
        house.pass(Duration.ofDays(3));
        house.publish(payload);

        house.pass(Duration.ofDays(3));
        house.pass(Duration.ofDays(1));
        assertThat(house.text(payload)).isEqualTo("a scan");

        house.pass(Duration.ofDays(2));
        assertThat(house.has(payload)).isFalse();
    }

    @Test
    void keepsAPayloadWhoseEventOutlivesItsAge() throws IOException {
        Payload payload = house.store("a scan");
        house.publish(payload);

        house.clock.advance(Duration.ofDays(50));
        house.payloads.sweep();
        house.payloads.sweep();

        assertThat(house.has(payload)).isTrue();
    }

    @Test
    void knowsBehindACrashWhatKeepsAPayload() throws IOException {
        Payload swept = house.store("a scan");
        house.publish(swept);
        house.payloads.sweep();
        Payload unswept = house.store("another");
        house.publish(unswept);

        house.reopenAfter(Crash.OF_THE_PROCESS);
        house.pass(Duration.ofDays(2));
        assertThat(house.text(swept)).isEqualTo("a scan");
        assertThat(house.text(unswept)).isEqualTo("another");

        house.pass(Duration.ofDays(4));
        house.payloads.sweep();
        assertThat(List.of(house.has(swept), house.has(unswept))).containsOnly(false);
    }

    @Test
    void keepsAPayloadForADeadEventThatRefersToIt() throws IOException {
        Payload payload = house.store("a scan");
        house.publish(payload);
        house.pass(Duration.ofDays(4));
        house.append(Warehouse.entry(
                payload, LaneStreams.dead(Warehouse.client("desk").name())));

        house.pass(Duration.ofDays(2));
        house.pass(Duration.ofDays(1));
        assertThat(house.has(payload)).isTrue();

        house.pass(Duration.ofDays(4));
        assertThat(house.has(payload)).isFalse();
    }

    @Test
    void removesNothingThatIsAboutToBeReferredTo() throws IOException {
        Payload payload = house.store("a scan");
        var claim = house.payloads.claim(
                Warehouse.client("shop"), List.of(Warehouse.entry(payload, Warehouse.SCAN.stream())));

        house.pass(Duration.ofDays(2));
        assertThat(house.has(payload)).isTrue();

        if (claim instanceof PayloadClaims.Claim.Held(Runnable release)) {
            release.run();
        }
        house.pass(Duration.ofDays(2));
        assertThat(house.has(payload)).isFalse();
    }

    @Test
    void triesAgainWhereTheStoreCannotBeWritten() throws IOException {
        Payload payload = house.store("a scan");
        house.engine.close();

        house.clock.advance(Duration.ofDays(2));
        house.payloads.sweep();

        assertThat(house.text(payload)).isEqualTo("a scan");
        assertThat(house.payloads.figures().bytes()).isEqualTo(6);
    }

    @Test
    void letsNobodyFetchWhatOnlyATestEventRefersTo() throws IOException {
        Payload payload = house.store("a scan");

        house.append(Warehouse.entry(
                payload, LaneStreams.test(Warehouse.client("desk").name())));

        assertThat(fetch("desk", payload)).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void letsConsumersFetchWhatIsReferredToAgainSinceTheirGrant() throws IOException {
        Payload payload = house.store("a scan");
        house.publish(payload);
        house.clock.advance(Duration.ofHours(1));
        ClientEntry late = Warehouse.granted(house.clock.instant());
        assertThat(fetch(late, payload)).isEqualTo(ErrorCode.NOT_ALLOWED);

        house.publish(payload);

        assertThat(fetch(late, payload)).isNull();
    }

    @Test
    void letsConsumersFetchWhatAnEventRefersTo() throws IOException {
        Payload payload = house.store("a scan");

        assertThat(fetch("desk", payload)).isEqualTo(ErrorCode.NOT_FOUND);
        house.publish(payload);
        assertThat(fetch("desk", payload)).isNull();
        assertThat(fetch("shop", payload)).isNull();
        assertThat(fetch("stranger", payload)).isEqualTo(ErrorCode.NOT_ALLOWED);
        assertThat(fetch("till", payload)).isEqualTo(ErrorCode.NOT_ALLOWED);
    }

    private ErrorCode fetch(String client, Payload payload) {
        return fetch(Warehouse.client(client), payload);
    }

    private ErrorCode fetch(ClientEntry client, Payload payload) {
        return switch (house.payloads.fetch(client, payload.id())) {
            case Payloads.Fetched.Found _ -> null;
            case Payloads.Fetched.Refused(var refusal) -> refusal.code();
        };
    }
}
