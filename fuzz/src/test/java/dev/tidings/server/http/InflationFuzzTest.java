package dev.tidings.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidings.model.Bytes;
import dev.tidings.model.ErrorCode;
import dev.tidings.server.http.Inflation.Coding;
import dev.tidings.server.http.Inflation.Inflated;

class InflationFuzzTest {
    private static final int LIMIT = 100_000;

    @FuzzTest
    void inflatesUpToItsLimitOrRefuses(byte[] body) {
        for (Coding coding : Coding.values()) {
            switch (Inflation.inflate(coding, Bytes.of(body), LIMIT)) {
                case Inflated.Whole(var bytes) -> assertThat(bytes.length()).isLessThanOrEqualTo(LIMIT);
                case Inflated.Refused(var refusal) ->
                    assertThat(refusal.code()).isIn(ErrorCode.MALFORMED_REQUEST, ErrorCode.REQUEST_TOO_LARGE);
            }
        }
    }
}
