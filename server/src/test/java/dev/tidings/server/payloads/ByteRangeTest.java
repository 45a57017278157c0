package dev.tidings.server.payloads;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 0",
        "bytes=0-9, 0, 9",
        "bytes=3-, 3, 9",
        "bytes=3-999999999999999999, 3, 9",
        "bytes=-1, 9, 9",
        "bytes=-11, 0, 9",
        "bytes= 2-3, 2, 3"
    })
    void isAPart(String header, long first, long last) {
        assertThat(ByteRange.of(header, 10)).isEqualTo(new ByteRange.Part(first, last));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10-", "bytes=10-11", "bytes=-0"})
    void isOutside(String header) {
        assertThat(ByteRange.of(header, 10)).isEqualTo(new ByteRange.Outside());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes=",
                "bytes=-",
                "bytes=2-1",
                "bytes=0-1,3-4",
                "bytes=a-b",
                "lines=1-2",
                "bytes=-9999999999999999999"
            })
    void isEverythingWhereItIsNotUnderstood(String header) {
        assertThat(ByteRange.of(header, 10)).isEqualTo(new ByteRange.Everything());
    }

    @Test
    void isOutsideOfWhatIsEmpty() {
        assertThat(ByteRange.of("bytes=0-0", 0)).isEqualTo(new ByteRange.Outside());
        assertThat(ByteRange.of("bytes=-1", 0)).isEqualTo(new ByteRange.Outside());
    }
}
