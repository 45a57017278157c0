package dev.tidings.broker.dead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.broker.dead.DeadEnvelope.DeadReport;
import dev.tidings.broker.dead.DeadEnvelope.Original;
import dev.tidings.broker.lanes.LaneStreams;
import dev.tidings.engine.Batch;
import dev.tidings.engine.Partition;
import dev.tidings.engine.StoredEvent;
import dev.tidings.model.Bytes;
import dev.tidings.model.ClientName;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;
import dev.tidings.model.StreamName;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeadEnvelopeTest {
    private static final ClientName CLIENT = new ClientName("clinic");
    private static final EventType TYPE = new EventType("AGE.MPass.User.Authenticated");
    private static final DeadReport REPORT = new DeadReport(
            new GroupName(CLIENT, GroupName.DEFAULT),
            "i-1",
            DeadReason.REPORTED,
            3,
            Instant.parse("2026-01-02T03:04:05.678Z"));

    @Test
    void comesBackAsItWasStored() {
        DeadEnvelope envelope = new DeadEnvelope(
                TYPE, REPORT, Bytes.utf8("{ \"id\" : \"ș\\u0219\", \"data\":[1, 2] }"), original("{\"id\":\"a\"}"));

        assertThat(stored(envelope)).isEqualTo(envelope);
        assertThat(envelope.matched()).isTrue();
        assertThat(envelope.changed()).isTrue();
    }

    @Test
    void refersToThePayloadThatItsEventRefersTo() {
        DeadEnvelope dead =
                new DeadEnvelope(TYPE, REPORT, null, original("{\"id\":\"a\",\"dataref\":\"https:\\/\\/b\"}"));
        DeadEnvelope unmatched = new DeadEnvelope(TYPE, REPORT, Bytes.utf8("{\"dataref\":\"/c\",\"id\":{}}"), null);
        DeadEnvelope odd = new DeadEnvelope(TYPE, REPORT, Bytes.utf8("{\"dataref\":17}"), null);

        assertThat(dead.toEntry().event().dataRef()).isEqualTo("https://b");
        assertThat(unmatched.toEntry().event().dataRef()).isEqualTo("/c");
        assertThat(odd.toEntry().event().dataRef()).isNull();
    }

    @Test
    void goesToTheLaneOfTheClientWhoseGroupItIsAndIsNeverADuplicate() {
        Batch.Entry entry = new DeadEnvelope(TYPE, REPORT, null, original("{}")).toEntry();

        assertThat(entry.stream()).isEqualTo(LaneStreams.dead(CLIENT));
        assertThat(entry.event().type()).isEqualTo(TYPE);
        assertThat(entry.deduplication()).isEqualTo(Duration.ZERO);
    }

    @Test
    void keepsAReportThatIsTheOriginalOnce() {
        DeadEnvelope envelope =
                new DeadEnvelope(TYPE, REPORT, Bytes.utf8("{\"id\":\"a\"}"), original("{\"id\":\"a\"}"));

        assertThat(envelope.reported()).isNull();
        assertThat(envelope.changed()).isFalse();
        assertThat(envelope.toEntry().event().json().toUtf8()).containsOnlyOnce("{\"id\":\"a\"}");
    }

    @Test
    void deliversTheReportUntouched() {
        DeadEnvelope envelope = stored(new DeadEnvelope(TYPE, REPORT, Bytes.utf8("{\"id\":1}"), original("{}")));

        assertThat(envelope.delivered().toUtf8()).isEqualTo("{\"id\":1}");
        assertThat(envelope.deliveredTimed()).isTrue();
    }

    @Test
    void deliversTheOriginalWithTheTimeItWasAcceptedWhereNobodyReportedAnything() {
        DeadEnvelope envelope = stored(new DeadEnvelope(TYPE, REPORT, null, original("{\"id\":\"a\"}")));

        assertThat(envelope.delivered().toUtf8()).isEqualTo("{\"id\":\"a\"}");
        assertThat(envelope.deliveredTimed()).isFalse();
        assertThat(envelope.deliveredMillis()).isEqualTo(77);
    }

    @Test
    void isUnmatchedWithoutAnOriginal() {
        DeadEnvelope envelope = stored(new DeadEnvelope(DeadEnvelope.UNKNOWN_TYPE, REPORT, Bytes.utf8("{}"), null));

        assertThat(envelope.matched()).isFalse();
        assertThat(envelope.original()).isNull();
        assertThat(envelope.deliveredMillis()).isEqualTo(REPORT.at().toEpochMilli());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"id\":\"a\",\"data\":{\"id\":\"b\"},\"source\":\"s\"} | s | a",
                "{\"id\":7,\"source\":\"s\"} | s |",
                "{} | |",
                "[] | |",
                "{\"id\":\"a\" | |"
            })
    void saysWhichEventItIsAsFarAsThatIsKnown(String reported, String source, String id) {
        DeadEnvelope envelope = new DeadEnvelope(TYPE, REPORT, Bytes.utf8(reported), null);

        assertThat(envelope.identity()).isEqualTo(new DeadEnvelope.Identity(source, id));
    }

    @Test
    void holdsAnEventAtLeast() {
        assertThatThrownBy(() -> new DeadEnvelope(TYPE, REPORT, null, null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void holdsEventsBeyondTheLimitsOfAnOrdinaryParser() {
        String deep = "[".repeat(5_000) + "]".repeat(5_000);
        String event = "{\"data\":" + deep + ",\"n\":" + "9".repeat(5_000) + ",\"" + "k".repeat(60_000) + "\":1}";
        DeadEnvelope envelope = new DeadEnvelope(TYPE, REPORT, Bytes.utf8(event), null);

        assertThat(stored(envelope).delivered().toUtf8()).isEqualTo(event);
    }

    @Test
    void readsPastWhatALaterVersionAdds() {
        String text = new DeadEnvelope(TYPE, REPORT, Bytes.utf8("{}"), null)
                .toEntry()
                .event()
                .json()
                .toUtf8();

        DeadEnvelope envelope = DeadEnvelope.of(event(text.replace("{\"v\":1,", "{\"v\":2,\"more\":{\"x\":[1]},")));

        assertThat(envelope.report()).isEqualTo(REPORT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{}",
                "{\"type\":\"a\",\"client\":\"b\",\"group\":\"c\",\"reason\":\"bored\"}",
                "{\"type\":\"a\",\"client\":\"b\",\"group\":\"c\",\"reason\":\"reported\",\"at\":\"noon\",\"reported\":{}}"
            })
    void isNotReadFromAnythingElse(String text) {
        assertThatThrownBy(() -> DeadEnvelope.of(event(text))).isInstanceOf(IllegalArgumentException.class);
    }

    private static Original original(String json) {
        Partition partition = Partition.only(new StreamName("AGE.MPass"));
        return new Original(partition, 41, 77, false, Bytes.utf8(json));
    }

    private static DeadEnvelope stored(DeadEnvelope envelope) {
        return DeadEnvelope.of(event(envelope.toEntry().event().json().toUtf8()));
    }

    private static StoredEvent event(String json) {
        Bytes inside = Bytes.utf8("noise" + json + "noise");
        return new StoredEvent(0, 0, TYPE, 0, true, inside.slice(5, inside.length() - 5));
    }
}
