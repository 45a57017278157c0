package dev.tidings.engine.segmented.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.engine.segmented.commit.Intake.Offer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class IntakeTest {
    private final Intake intake = new Intake(1_000, 300, 4);

    @Test
    void givesGroupsUpToTheirSizeInOrder() throws InterruptedException {
        Request a = offer(150);
        Request b = offer(150);
        Request c = offer(1);

        assertThat(intake.take()).containsExactly(a, b);
        assertThat(intake.take()).containsExactly(c);
    }

    @Test
    void givesGroupsUpToTheirNumber() throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            offer(1);
        }

        assertThat(intake.take()).hasSize(4);
        assertThat(intake.take()).hasSize(1);
    }

    @Test
    void givesALargeOneAlone() throws InterruptedException {
        Request large = offer(900);
        offer(1);

        assertThat(intake.take()).containsExactly(large);
    }

    @Test
    void refusesWhatIsTooMuchUntilSomeIsTaken() throws InterruptedException {
        offer(600);
        assertThat(intake.offer(request(600))).isEqualTo(Offer.FULL);

        intake.take();

        assertThat(intake.offer(request(600))).isEqualTo(Offer.TAKEN);
    }

    @Test
    void givesWhatItHasOnceClosedAndThenNothing() throws InterruptedException {
        offer(1);
        intake.close();

        assertThat(intake.offer(request(1))).isEqualTo(Offer.CLOSED);
        assertThat(intake.take()).hasSize(1);
        assertThat(intake.take()).isEmpty();
    }

    private Request offer(long bytes) {
        Request request = request(bytes);
        assertThat(intake.offer(request)).isEqualTo(Offer.TAKEN);
        return request;
    }

    private static Request request(long bytes) {
        return new Request(List.of(), List.of(), List.of(), List.of(), Map.of(), bytes, new CompletableFuture<>());
    }
}
