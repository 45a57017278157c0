package dev.tidings.server.payloads;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidings.server.payloads.Digests.Digest;
import java.nio.charset.StandardCharsets;

/// The headers of those who store and fetch payloads.
class PayloadHeadersFuzzTest {
    private static final long SIZE = 1_000;

    /// What is read is written so that it is read again.
    @FuzzTest
    void sayADigestOrAreRefused(byte[] header) {
        Digest digest = Digests.parse("Repr-Digest", new String(header, StandardCharsets.ISO_8859_1));

        if (digest instanceof Digest.Said(String sha256)) {
            assertThat(sha256).matches("[0-9a-f]{64}");
            assertThat(Digests.parse("Repr-Digest", Digests.header(sha256))).isEqualTo(digest);
        }
    }

    /// Whatever is wanted lies within the payload.
    @FuzzTest
    void sayWhichBytesAreWanted(byte[] header) {
        ByteRange range = ByteRange.of(new String(header, StandardCharsets.ISO_8859_1), SIZE);

        if (range instanceof ByteRange.Part part) {
            assertThat(part.first()).isBetween(0L, part.last());
            assertThat(part.last()).isLessThan(SIZE);
        }
    }
}
