package dev.tidings.broker.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.model.ClientName;
import dev.tidings.model.DataSize;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// What all readers together may do.
class StreamBoundsTest {
    private static final ClientName ONE = new ClientName("one");
    private static final ClientName OTHER = new ClientName("other");

    @Test
    void letsAllClientsTogetherHaveSoManyReaders() {
        Readers readers = new Readers(Library.CONFIG);
        for (int i = 0; i < 3; i++) {
            assertThat(readers.admit(ONE)).isNull();
        }
        assertThat(readers.admit(OTHER)).isNull();

        assertThat(readers.admit(OTHER)).extracting(Refusal::code).isEqualTo(ErrorCode.OVER_QUOTA);
        readers.release(ONE);
        assertThat(readers.admit(OTHER)).isNull();
    }

    @Test
    void savesUpNoMoreOfThePaceThanAMoment() {
        AtomicLong nanos = new AtomicLong();
        Pace pace = new Pace(new DataSize(1_000), nanos::get);
        nanos.set(Duration.ofHours(1).toNanos());

        assertThat(pace.rest(1_000)).isEqualTo(Duration.ofMillis(980));
    }
}
