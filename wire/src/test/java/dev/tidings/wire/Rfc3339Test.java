package dev.tidings.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {
    @ParameterizedTest
    @CsvSource({
        "1985-04-12T23:20:50.52Z, 1985-04-12T23:20:50.52Z",
        "1996-12-19T16:39:57-08:00, 1996-12-20T00:39:57Z",
        "1990-12-31T23:59:60Z, 1991-01-01T00:00:00Z",
        "1937-01-01T12:00:27.87+00:20, 1937-01-01T11:40:27.87Z",
        "2024-02-29t00:00:00z, 2024-02-29T00:00:00Z",
        "2026-01-01T00:00:00-00:00, 2026-01-01T00:00:00Z",
        "0000-01-01T00:00:00Z, 0000-01-01T00:00:00Z",
        "2026-01-01T00:00:00.1234567891234Z, 2026-01-01T00:00:00.123456789Z"
    })
    void readsDateTimes(String text, Instant instant) {
        assertThat(Rfc3339.parse(text)).isEqualTo(instant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "2026-01-01",
                "2026-01-01T00:00:00",
                "2026-01-01 00:00:00Z",
                "2026-01-01T00:00:00.Z",
                "2026-01-01T24:00:00Z",
                "2026-01-01T00:60:00Z",
                "2026-01-01T00:00:61Z",
                "2026-02-29T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-00-01T00:00:00Z",
                "2026-01-00T00:00:00Z",
                "2026-01-01T00:00Z",
                "2026-01-01T00:00:00+0100",
                "2026-01-01T00:00:00+24:00",
                "2026-01-01T00:00:00+01:60",
                "2026-01-01T00:00:00Zulu",
                "2026-01-01T00:00:00,5Z",
                "+026-01-01T00:00:00Z",
                "2026-1-01T00:00:000Z",
                "20260101T000000Z0000",
                "2026-01-01T00:00:00.",
                "2026-01-01T00:00:0\u0660Z",
                "2026-01-01T00:00:00+1:00"
            })
    void readsNothingElse(String text) {
        assertThat(Rfc3339.parse(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 999, 1_000, 951_782_399_999L, 951_868_800_000L, 1_767_225_599_001L, 253_402_300_799_999L})
    void writesMilliseconds(long epochMillis) {
        String text = new String(Rfc3339.format(epochMillis), StandardCharsets.US_ASCII);

        assertThat(text).hasSize(24).endsWith("Z");
        assertThat(Instant.parse(text).toEpochMilli()).isEqualTo(epochMillis);
    }
}
