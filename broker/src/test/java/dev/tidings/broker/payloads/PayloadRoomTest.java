package dev.tidings.broker.payloads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.engine.testkit.disk.Crash;
import dev.tidings.model.ErrorCode;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// How much a client may have: 3,000 bytes, 5 payloads, and 2 of them unfinished.
class PayloadRoomTest {
    private final Warehouse house = new Warehouse();

    @Test
    void comesBackInBytesAsPayloadsGo() throws IOException {
        house.publish(house.store("a"));
        house.store("a".repeat(1_000));
        house.store("a".repeat(1_000));
        assertThat(refusal(1_000)).isEqualTo(ErrorCode.OVER_QUOTA);

        house.pass(Duration.ofDays(2));

        house.store("a".repeat(1_000));
        house.store("a".repeat(1_000));
        assertThat(refusal(1_000)).isEqualTo(ErrorCode.OVER_QUOTA);
    }

    @Test
    void comesBackInNumberAsPayloadsGo() throws IOException {
        house.publish(house.store("a"));
        for (int i = 0; i < 4; i++) {
            house.store("a");
        }
        assertThat(refusal(1)).isEqualTo(ErrorCode.OVER_QUOTA);

        house.pass(Duration.ofDays(2));

        for (int i = 0; i < 4; i++) {
            house.store("a");
        }
        assertThat(refusal(1)).isEqualTo(ErrorCode.OVER_QUOTA);
    }

    @Test
    void isCountedAcrossARestart() throws IOException {
        house.store("a".repeat(990));
        house.begin(990, null);
        house.begin(990, null);

        house.reopenAfter(Crash.OF_THE_PROCESS);

        assertThat(refusal(31)).isEqualTo(ErrorCode.OVER_QUOTA);
        assertThat(begun(30)).isInstanceOf(Begun.Refused.class);
        house.store("a".repeat(30));
    }

    @Test
    void isThereForAsManyUploadsAsWereFinished() throws IOException {
        for (int i = 0; i < 2; i++) {
            Upload one = house.begin(1, null);
            Upload other = house.begin(1, null);
            assertThat(begun(1)).isInstanceOf(Begun.Refused.class);
            house.proceed(one, 0, "a");
            house.proceed(other, 0, "a");
        }
    }

    @Test
    void isNotTakenOfTheDiskByAPayloadWhoseSizeNobodyTold() throws IOException {
        house.disk.leaveSpace(5);

        assertThat(PayloadsTest.code(house.receive(Warehouse.offer("shop", -1, null), "a scan")))
                .isEqualTo(ErrorCode.STORE_UNAVAILABLE);
        assertThat(house.files()).isEmpty();
    }

    @Test
    void isSharedByAllClients() throws IOException {
        PayloadConfig small = Warehouse.small();
        Warehouse narrow = new Warehouse(new PayloadConfig(
                small.largest(),
                small.clientBytes(),
                2,
                small.clientUploads(),
                2,
                small.transfers(),
                small.clientTransfers(),
                small.unreferenced(),
                small.unfinished(),
                small.reserve()));
        narrow.store("a");
        narrow.receive(Warehouse.offer("till", 1, null), "a");

        assertThat(PayloadsTest.code(narrow.receive(Warehouse.offer("branch", 1, null), "a")))
                .isEqualTo(ErrorCode.STORE_UNAVAILABLE);
    }

    private ErrorCode refusal(long size) throws IOException {
        return switch (house.payloads.receive(Warehouse.CATALOG, Warehouse.offer("shop", size, null))) {
            case Begun.Refused(var refusal, var _) -> refusal.code();
            case Begun begun -> throw new AssertionError(begun);
        };
    }

    private Begun begun(long size) throws IOException {
        return house.payloads.begin(Warehouse.CATALOG, Warehouse.offer("shop", size, null));
    }
}
