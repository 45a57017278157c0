package dev.tidings.wire.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidings.model.Bytes;
import java.util.List;

class JsonFuzzTest {
    /// Our bounds of names and numbers lie elsewhere than Jackson's.
    private static final int WITHIN_ALL_BOUNDS = 1000;

    @FuzzTest
    void readsWhatJacksonReads(byte[] json) {
        if (json.length > WITHIN_ALL_BOUNDS) {
            return;
        }
        Bytes text = Bytes.of(json);

        List<String> reading = CursorReading.of(text);

        assertThat(reading).isEqualTo(JacksonReading.of(text));
        assertThat(CursorReading.skims(text)).isEqualTo(reading != null);
    }
}
