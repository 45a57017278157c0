package dev.tidings.engine.segmented.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.engine.RetentionRules;
import dev.tidings.engine.segmented.state.StreamLog;
import dev.tidings.engine.segmented.state.Streams;
import dev.tidings.model.StreamName;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpiryTest {
    private final StreamLog stream = stream();

    /// A sweep that looked at a stream while it was flushed for the first time saw no segment, but that all was
    /// flushed, and removed what the new segment held.
    @Test
    void removesNothingThatIsFlushedWhileItLooks() {
        stream.restore(0, 2, List.of());

        assertThat(expiry().first().position()).isZero();
    }

    @Test
    void leavesAnEmptyStreamAsItIs() {
        assertThat(expiry().first().position()).isZero();
    }

    private Expiry expiry() {
        return new Expiry(RetentionRules.DEFAULT, Long.MAX_VALUE, stream, Long.MAX_VALUE);
    }

    private static StreamLog stream() {
        Streams streams = new Streams();
        streams.add(0, new StreamName("Acme.Shop"));
        return streams.get(0);
    }
}
