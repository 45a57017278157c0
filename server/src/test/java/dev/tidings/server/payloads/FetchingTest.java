package dev.tidings.server.payloads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.payloads.Holds;
import dev.tidings.broker.payloads.Payload;
import dev.tidings.broker.payloads.Payload.About;
import dev.tidings.broker.payloads.PayloadId;
import dev.tidings.model.ClientName;
import dev.tidings.model.EventType;
import dev.tidings.server.payloads.Fetching.Wish;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FetchingTest {
    private static final String SHA256 = "ab".repeat(32);
    private static final String TAG = '"' + SHA256 + '"';
    private static final Payload PAGE = new Payload(
            new PayloadId("x".repeat(32)),
            new About(new ClientName("shop"), new EventType("Shop.Web.Scan.Stored"), "text/html"),
            10,
            SHA256,
            Instant.EPOCH,
            new Holds(null, Map.of()));

    @Test
    void letsNoBrowserShowOrRunWhatSomebodyHasStored() {
        assertThat(headers(whole()))
                .containsEntry("Content-Disposition", "attachment")
                .containsEntry("X-Content-Type-Options", "nosniff")
                .containsEntry("Content-Security-Policy", "sandbox")
                .containsEntry("cache-control", "private, no-cache");
    }

    @ParameterizedTest
    @CsvSource({"*, 304", "TAG, 304", "W/TAG, 304", "'\"other\", TAG', 304", "\"other\", 200"})
    void givesNothingToWhoHasItAlready(String ifNoneMatch, int status) {
        Fetching fetching = of(new Wish(false, null, null, ifNoneMatch.replace("TAG", TAG)));

        assertThat(fetching.head().status()).isEqualTo(status);
        assertThat(fetching.length()).isEqualTo(status == 304 ? 0 : 10);
    }

    /// RFC 9110, section 14.2: a range has no meaning for other methods than GET.
    @Test
    void tellsTheHeadOfAllWhateverRangeIsAskedFor() {
        Fetching fetching = of(new Wish(true, "bytes=2-3", null, null));

        assertThat(fetching.head().status()).isEqualTo(200);
        assertThat(fetching.length()).isZero();
        assertThat(headers(fetching)).containsEntry("content-length", "10");
    }

    @Test
    void tellsTheDigestOfAllWithAPart() {
        Fetching part = of(new Wish(false, "bytes=2-3", TAG, null));

        assertThat(part.first()).isEqualTo(2);
        assertThat(part.length()).isEqualTo(2);
        assertThat(headers(part))
                .containsEntry("Repr-Digest", headers(whole()).get("Repr-Digest"))
                .doesNotContainKey("Content-Digest");
    }

    private static Fetching whole() {
        return of(new Wish(false, null, null, null));
    }

    private static Fetching of(Wish wish) {
        return Objects.requireNonNull(Fetching.of(PAGE, wish));
    }

    private static Map<String, @Nullable String> headers(Fetching fetching) {
        return fetching.head().headers().stream()
                .collect(Collectors.toMap(
                        header -> header.name().toString(),
                        header -> header.value().toString()));
    }
}
