package dev.tidings.broker.quotas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.broker.catalog.ClientEntry;
import dev.tidings.model.ClientName;
import dev.tidings.model.DataSize;
import dev.tidings.model.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PublishQuotasTest {
    private long nanos = -5;
    private final PublishQuotas quotas =
            new PublishQuotas(new QuotaConfig(100, DataSize.ofKibibytes(1), Duration.ofSeconds(2)), () -> nanos);
    private final ClientEntry shop = client("shop", 10);

    @Test
    void letsSavedUpEventsThroughAtOnceAndThenTheRate() {
        assertThat(quotas.take(shop, 20, 1)).isNull();
        assertThat(waits(quotas.take(shop, 5, 1))).isEqualTo(Duration.ofMillis(500));

        pass(Duration.ofMillis(500));

        assertThat(quotas.take(shop, 5, 1)).isNull();
        assertThat(quotas.take(shop, 1, 1)).isNotNull();
    }

    @Test
    void takesNothingWhereItRefuses() {
        assertThat(quotas.take(shop, 15, 1)).isNull();
        assertThat(quotas.take(shop, 6, 1)).isNotNull();
        assertThat(quotas.take(shop, 5, 1)).isNull();
    }

    @Test
    void takesNothingWhereItForesees() {
        assertThat(quotas.foresee(shop, 20, 1)).isNull();
        assertThat(quotas.take(shop, 20, 1)).isNull();
        assertThat(waits(quotas.foresee(shop, 1, 1))).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void letsALargeRequestThroughAFullBucketAndHasItPaidOff() {
        assertThat(quotas.take(shop, 50, 1)).isNull();
        assertThat(waits(quotas.take(shop, 1, 1))).isEqualTo(Duration.ofMillis(3_100));

        pass(Duration.ofMillis(3_100));

        assertThat(quotas.take(shop, 1, 1)).isNull();
    }

    @Test
    void refusesALargeRequestWhileTheBucketIsNotFull() {
        assertThat(quotas.take(shop, 1, 1)).isNull();
        assertThat(waits(quotas.take(shop, 50, 1))).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void letsSavedUpBytesThroughAtOnceAndThenTheRate() {
        assertThat(quotas.take(shop, 1, 2_048)).isNull();
        assertThat(waits(quotas.take(shop, 1, 512))).isEqualTo(Duration.ofMillis(500));

        pass(Duration.ofMillis(500));

        assertThat(quotas.take(shop, 1, 512)).isNull();
        assertThat(quotas.take(shop, 1, 1)).isNotNull();
    }

    @Test
    void takesNoEventsWhereItRefusesTheBytes() {
        assertThat(quotas.take(shop, 1, 2_000)).isNull();
        assertThat(quotas.take(shop, 19, 2_000)).isNotNull();

        assertThat(quotas.take(shop, 19, 19)).isNull();
    }

    @Test
    void foreseesThatThereIsNoRoomForTheBytes() {
        assertThat(quotas.take(shop, 1, 2_048)).isNull();

        assertThat(waits(quotas.foresee(shop, 1, 1_024))).isEqualTo(Duration.ofSeconds(1));
        assertThat(quotas.foresee(shop, 1, 1_024).detail())
                .contains("1KiB of events per second", "at most 2KiB", "no room for 1KiB");
    }

    @Test
    void takesANewRateOfBytesAtOnce() {
        assertThat(quotas.take(shop, 1, 2_048)).isNull();

        assertThat(quotas.take(client("shop", 10, DataSize.ofKibibytes(10)), 1, 20_480))
                .isNull();
    }

    @Test
    void givesClientsWithoutAQuotaTheConfiguredOne() {
        assertThat(quotas.take(client("other", null), 200, 1)).isNull();
        assertThat(quotas.take(client("other", null), 1, 1)).isNotNull();
    }

    @Test
    void countsEachClientForItself() {
        assertThat(quotas.take(shop, 20, 1)).isNull();
        assertThat(quotas.take(client("other", 10), 20, 1)).isNull();
    }

    @Test
    void takesANewRateAtOnce() {
        assertThat(quotas.take(shop, 20, 1)).isNull();
        assertThat(quotas.take(client("shop", 1_000), 1_000, 1)).isNull();
    }

    @Test
    void forgetsClientsThatAreGone() {
        assertThat(quotas.take(shop, 20, 1)).isNull();

        quotas.keepOnly(Set.of());

        assertThat(quotas.take(shop, 20, 1)).isNull();
    }

    @Test
    void refusesAConfigurationWithoutSense() {
        DataSize some = DataSize.ofKibibytes(1);
        assertThatThrownBy(() -> new QuotaConfig(0, some, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new QuotaConfig(1, new DataSize(0), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new QuotaConfig(1, DataSize.ofGibibytes(1), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new QuotaConfig(1, some, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private static Duration waits(Refusal refusal) {
        return refusal.retryAfter();
    }

    private static ClientEntry client(String name, Integer eventsPerSecond) {
        return client(name, eventsPerSecond, null);
    }

    private static ClientEntry client(String name, Integer eventsPerSecond, DataSize bytesPerSecond) {
        return new ClientEntry(
                new ClientName(name),
                "",
                List.of(),
                null,
                null,
                false,
                new ClientEntry.Quotas(eventsPerSecond, bytesPerSecond, null, null, null, null));
    }
}
