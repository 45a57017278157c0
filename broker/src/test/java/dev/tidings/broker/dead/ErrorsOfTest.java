package dev.tidings.broker.dead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.dead.DeadEnvelope.DeadReport;
import dev.tidings.broker.lanes.LaneStreams;
import dev.tidings.engine.StoredEvent;
import dev.tidings.model.Bytes;
import dev.tidings.model.GroupName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ErrorsOfTest extends DeadFixture {
    private static final GroupName SLOW = new GroupName(CLINIC, "slow");
    private static final GroupName FAST = new GroupName(CLINIC, "fast");

    private final ErrorsOf errors = new ErrorsOf(engine, CLINIC, Set.of("slow"));

    @Test
    void areThoseOfTheGroupsThatTheHandlerNames() {
        store(envelope(SLOW, DeadReason.REPORTED, original(PAID, "a"), null));
        store(envelope(FAST, DeadReason.REPORTED, original(PAID, "b"), null));

        assertThat(concerned()).containsExactly(0L);
    }

    @Test
    void areNoneThatMatchNothingOrAreSettled() {
        store(envelope(SLOW, DeadReason.REPORTED, null, Bytes.utf8("{}")));
        store(envelope(SLOW, DeadReason.REPORTED, original(PAID, "a"), null));
        store(envelope(SLOW, DeadReason.REPORTED, original(PAID, "b"), null));
        now(dead.discard(new DeadId(CLINIC, 1)));

        assertThat(concerned()).containsExactly(2L);
    }

    @Test
    void tellWhatAndWhyBesideTheEventAsItWasReported() {
        Bytes reported = Bytes.utf8("{\"error\":\"no such order\",\"deadid\":\"forged\",\"data\":{\"a\":1}}");
        DeadReport report = new DeadReport(SLOW, "i", DeadReason.UNDELIVERABLE, 7, clock.instant(), "503 from sink");
        store(new DeadEnvelope(PAID, report, reported, original(PAID, "a")));

        assertThat(errors.delivered(stored().getFirst()).toUtf8())
                .isEqualTo("{\"deadid\":\"clinic~0\",\"deadgroup\":\"slow\",\"deadreason\":\"undeliverable\","
                        + "\"deaddetail\":\"503 from sink\",\"deadattempts\":7,\"deadsince\":\"2026-01-01T00:00:00Z\","
                        + "\"error\":\"no such order\",\"data\":{\"a\":1}}");
    }

    @Test
    void sayWhenItDiedAsTheListOfDeadEventsDoes() {
        clock.advance(Duration.ofNanos(12_345_678));
        store(envelope(SLOW, DeadReason.REPORTED, original(PAID, "a"), null));

        Instant listed = now(dead.find(new DeadId(CLINIC, 0))).orElseThrow().since();

        assertThat(listed).isEqualTo("2026-01-01T00:00:00.012Z");
        assertThat(errors.delivered(stored().getFirst()).toUtf8()).contains("\"deadsince\":\"" + listed + '"');
    }

    @Test
    void showTheOriginalWhereTheReportIsNoEvent() {
        store(envelope(SLOW, DeadReason.REPORTED, original(PAID, "a"), Bytes.utf8("[1]")));

        assertThat(errors.delivered(stored().getFirst()).toUtf8()).contains("\"id\":\"a\"");
    }

    private List<Long> concerned() {
        return stored().stream()
                .filter(errors::concerns)
                .map(StoredEvent::position)
                .toList();
    }

    private List<StoredEvent> stored() {
        return in(LaneStreams.dead(CLINIC));
    }
}
