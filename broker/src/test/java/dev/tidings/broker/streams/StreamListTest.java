package dev.tidings.broker.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tidings.broker.streams.StreamReading.Listed;
import dev.tidings.engine.RetentionRules;
import dev.tidings.model.Caller;
import dev.tidings.model.ClientName;
import dev.tidings.model.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StreamListTest {
    private final Library library = new Library();

    @Test
    void tellsTheStreamsOfTheTypesThatAreGranted() {
        library.append("a", "b");

        List<StreamStatus> streams = listed();

        assertThat(streams.stream().map(status -> status.stream().value())).containsExactly("Org.Other", "Org.Sys");
        assertThat(streams.get(0).positions()).isZero();
        assertThat(streams.get(1).positions()).isEqualTo(2);
        assertThat(streams.get(1).types()).containsExactly(Library.DONE, Library.UNDONE);
    }

    @Test
    void countsNothingThatRetentionHasRemoved() {
        library.append("a", "b", "c");
        library.engine
                .log()
                .retain(new RetentionRules(
                        new RetentionRules.Rule(Duration.ofDays(1), 1L, null, false), Map.of(), Map.of()));
        library.engine.log().sweep();

        assertThat(listed().get(1).positions()).isOne();
    }

    @Test
    void refusesTypesThatAreNotGrantedBesideOneThatIs() {
        library.grant(Map.of(Library.DONE, Library.everything()));

        var refusal = library.refusal(new StreamQuery(
                Library.STREAM.value(), new StreamStart.Earliest(), Set.of(Library.DONE, Library.UNDONE), null));

        assertThat(refusal.code()).isEqualTo(ErrorCode.NOT_ALLOWED);
        assertThat(refusal.detail()).contains(Library.UNDONE.value()).doesNotContain(Library.DONE.value());
        assertThat(library.refusal(new StreamQuery(Library.STREAM.value(), new StreamStart.Earliest(), Set.of(), null))
                        .code())
                .isEqualTo(ErrorCode.INVALID_PARAMETER);
    }

    @Test
    void tellsNothingToWhoIsNoConsumer() {
        Listed listed = library.reading.list(new Caller(new ClientName("stranger")));

        assertThat(listed)
                .isInstanceOfSatisfying(
                        Listed.Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(ErrorCode.NOT_ALLOWED));
    }

    @Test
    void measuresHowFastAStreamGrows() {
        for (int second = 0; second < 600; second++) {
            library.append("a" + second, "b" + second);
            library.clock.advance(Duration.ofSeconds(1));
        }
        AppendRates.Rates busy = listed().get(1).rates();
        library.clock.advance(Duration.ofMinutes(10));
        AppendRates.Rates quiet = listed().get(1).rates();

        assertThat(busy.lastMinute()).isCloseTo(2, within(0.05));
        assertThat(busy.lastTenMinutes()).isBetween(1.2, 1.4);
        assertThat(quiet.lastMinute()).isLessThan(0.001);
        assertThat(quiet.lastTenMinutes()).isBetween(0.4, 0.5);
    }

    @Test
    void doesNotCountWhatWasThereBefore() {
        library.append("a", "b", "c");
        AppendRates rates = new AppendRates(library.log, () -> 0);
        library.log.onAppend(rates);

        library.append("d");

        assertThat(rates.of(Library.STREAM).lastMinute()).isCloseTo(1 / 60.0, within(0.0001));
    }

    private List<StreamStatus> listed() {
        return ((Listed.Streams) library.reading.list(Library.READER)).streams();
    }
}
