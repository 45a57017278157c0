package dev.tidings.broker.payloads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.engine.Unavailable;
import dev.tidings.engine.testkit.disk.Crash;
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
            house.disk.crashAt(change);

            work(house, acknowledged);
            house.reopenAfter(crash);

            for (Payload payload : acknowledged) {
                assertThat(house.text(payload)).as("change %d", change).isEqualTo("a scan");
            }
            assertThat(house.payloads.figures().damaged()).isZero();
            assertThat(house.files())
                    .as("change %d", change)
                    .hasSize(house.payloads.figures().payloads()
                            + house.payloads.figures().uploads());
        }
    }

    private static void work(Warehouse house, List<Payload> acknowledged) {
        try {
            acknowledged.add(house.store("a scan"));
            Upload upload = house.begin(6, null);
            house.proceed(upload, 0, "a s");
            if (house.proceed(upload, 3, "can") instanceof Received.Complete(Payload payload)) {
                acknowledged.add(payload);
            }
            acknowledged.add(house.store("a scan"));
        } catch (IOException | Unavailable crashed) {
            assertThat(house.disk.crashed()).isTrue();
        }
    }
}
