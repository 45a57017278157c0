package dev.tidings.broker.payloads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.engine.Unavailable;
import dev.tidings.engine.testkit.disk.Crash;
import dev.tidings.model.ClientName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whenever the process ends or the power goes: what was acknowledged is there, whole, and of the rest nothing is.
class PayloadCrashTest {
    private static final int MOST_CHANGES = 40;

    static Stream<Crash> crashes() {
        return Stream.of(
                Crash.OF_THE_PROCESS,
                Crash.LOSING_ALL_UNSYNCED,
                Crash.random(1),
                Crash.random(2),
                Crash.random(3),
                Crash.random(4));
    }

    @ParameterizedTest
    @MethodSource("crashes")
    void leavesWhatWasAcknowledgedAndNothingElse(Crash crash) throws IOException {
        for (int change = 1; change <= MOST_CHANGES; change++) {
            Warehouse house = new Warehouse();
            List<Payload> acknowledged = new ArrayList<>();
            List<Upload> uploads = new ArrayList<>();
            house.disk.crashAt(change);

            work(house, acknowledged, uploads);
            house.reopenAfter(crash);

            for (Payload payload : acknowledged) {
                assertThat(house.text(payload)).as("change %d", change).isEqualTo("a scan");
            }
            if (!uploads.isEmpty()) {
                assertGoesOn(house, uploads.getLast(), change);
            }
            assertThat(house.payloads.figures().damaged()).isZero();
            assertThat(house.files())
                    .as("change %d", change)
                    .hasSize(house.payloads.figures().payloads()
                            + house.payloads.figures().uploads());
        }
    }

    /// It is a payload by now, or at least as far as was told, and can be finished.
    private static void assertGoesOn(Warehouse house, Upload told, int change) throws IOException {
        ClientName shop = new ClientName("shop");
        if (house.payloads.own(shop, told.id()) == null) {
            Upload found = house.payloads.upload(shop, told.id());
            assertThat(found).as("change %d", change).isNotNull();
            assertThat(found.offset()).as("change %d", change).isGreaterThanOrEqualTo(told.offset());
            assertThat(house.proceed(found, found.offset(), "a scan".substring((int) found.offset())))
                    .isInstanceOfSatisfying(
                            Received.Complete.class,
                            complete -> assertThat(complete.payload().sha256()).isEqualTo(Warehouse.sha256("a scan")));
        }
    }

    private static void work(Warehouse house, List<Payload> acknowledged, List<Upload> uploads) {
        try {
            acknowledged.add(house.store("a scan"));
            Upload upload = house.begin(6, null);
            uploads.add(upload);
            if (house.proceed(upload, 0, "a s") instanceof Received.Partial(Upload further)) {
                uploads.add(further);
            }
            if (house.proceed(upload, 3, "can") instanceof Received.Complete(Payload payload)) {
                acknowledged.add(payload);
            }
            acknowledged.add(house.store("a scan"));
        } catch (IOException | Unavailable crashed) {
            assertThat(house.disk.crashed()).isTrue();
        }
    }
}
