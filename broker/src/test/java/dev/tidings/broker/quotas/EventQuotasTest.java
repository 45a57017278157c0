package dev.tidings.broker.quotas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.broker.catalog.ClientEntry;
import dev.tidings.model.ClientName;
import dev.tidings.model.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventQuotasTest {
    private long nanos = -5;
    private final EventQuotas quotas = new EventQuotas(new QuotaConfig(100, Duration.ofSeconds(2)), () -> nanos);
    private final ClientEntry shop = client("shop", 10);

    @Test
    void letsSavedUpEventsThroughAtOnceAndThenTheRate() {
        assertThat(quotas.take(shop, 20)).isNull();
        assertThat(waits(quotas.take(shop, 5))).isEqualTo(Duration.ofMillis(500));

        pass(Duration.ofMillis(500));

        assertThat(quotas.take(shop, 5)).isNull();
        assertThat(quotas.take(shop, 1)).isNotNull();
    }

    @Test
    void takesNothingWhereItRefuses() {
        assertThat(quotas.take(shop, 15)).isNull();
        assertThat(quotas.take(shop, 6)).isNotNull();
        assertThat(quotas.take(shop, 5)).isNull();
    }

    @Test
    void takesNothingWhereItForesees() {
        assertThat(quotas.foresee(shop, 20)).isNull();
        assertThat(quotas.take(shop, 20)).isNull();
        assertThat(waits(quotas.foresee(shop, 1))).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void letsALargeRequestThroughAFullBucketAndHasItPaidOff() {
        assertThat(quotas.take(shop, 50)).isNull();
        assertThat(waits(quotas.take(shop, 1))).isEqualTo(Duration.ofMillis(3_100));

        pass(Duration.ofMillis(3_100));

        assertThat(quotas.take(shop, 1)).isNull();
    }

    @Test
    void refusesALargeRequestWhileTheBucketIsNotFull() {
        assertThat(quotas.take(shop, 1)).isNull();
        assertThat(waits(quotas.take(shop, 50))).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void givesClientsWithoutAQuotaTheConfiguredOne() {
        assertThat(quotas.take(client("other", null), 200)).isNull();
        assertThat(quotas.take(client("other", null), 1)).isNotNull();
    }

    @Test
    void countsEachClientForItself() {
        assertThat(quotas.take(shop, 20)).isNull();
        assertThat(quotas.take(client("other", 10), 20)).isNull();
    }

    @Test
    void takesANewRateAtOnce() {
        assertThat(quotas.take(shop, 20)).isNull();
        assertThat(quotas.take(client("shop", 1_000), 1_000)).isNull();
    }

    @Test
    void forgetsClientsThatAreGone() {
        assertThat(quotas.take(shop, 20)).isNull();

        quotas.keepOnly(Set.of());

        assertThat(quotas.take(shop, 20)).isNull();
    }

    @Test
    void refusesAConfigurationWithoutSense() {
        assertThatThrownBy(() -> new QuotaConfig(0, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new QuotaConfig(1, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private static Duration waits(Refusal refusal) {
        return refusal.retryAfter();
    }

    private static ClientEntry client(String name, Integer eventsPerSecond) {
        return new ClientEntry(
                new ClientName(name),
                "",
                List.of(),
                null,
                null,
                false,
                new ClientEntry.Quotas(eventsPerSecond, null, null, null, null));
    }
}
