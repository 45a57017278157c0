package dev.tidings.broker.dead;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidings.broker.dead.DeadEnvelope.Original;
import dev.tidings.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;

/// The envelope in which a dead event is stored, and the names of dead events in addresses.
class DeadEnvelopeFuzzTest {
    @FuzzTest
    void isReadOrRefusedAsWhatItIs(byte[] json) {
        try {
            DeadEnvelope envelope = DeadEnvelopeJson.read(Bytes.of(json));
            assertThat(envelope.identity()).isNotNull();
            if (ofObjects(envelope)) {
                assertThat(DeadEnvelopeJson.read(envelope.toEntry().event().json()))
                        .isEqualTo(envelope);
            }
        } catch (IllegalArgumentException none) {
            assertThat(none).hasMessageNotContaining("\n");
        }
        String text = new String(json, StandardCharsets.UTF_8);
        DeadId.parse(text)
                .ifPresent(id -> assertThat(DeadId.parse(id.toString())).hasValue(id));
    }

    /// As all are that the broker itself has put into envelopes.
    private static boolean ofObjects(DeadEnvelope envelope) {
        Original original = envelope.original();
        return Stream.of(
                        Optional.ofNullable(envelope.reported()),
                        Optional.ofNullable(original).map(Original::json))
                .flatMap(Optional::stream)
                .allMatch(event -> event.at(0) == '{');
    }
}
