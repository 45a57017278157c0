package dev.tidings.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidings.model.Bytes;
import dev.tidings.wire.json.JacksonReading;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;

/// The small texts inside headers and attributes, beside those of the JDK's readers that know the same form.
class TextFuzzTest {
    @FuzzTest
    void readsAttributesInHeadersAsTheyWereWritten(byte[] utf8) {
        String text = new String(utf8, StandardCharsets.UTF_8);

        assertThat(HeaderValue.decode(HeaderValue.encode(text))).isEqualTo(text);
        String decoded = HeaderValue.decode(new String(utf8, StandardCharsets.ISO_8859_1));
        if (decoded != null) {
            assertThat(HeaderValue.decode(HeaderValue.encode(decoded))).isEqualTo(decoded);
        }
    }

    @FuzzTest
    void readsMediaTypesTimesAddressesAndOffsets(byte[] ascii) {
        String text = new String(ascii, StandardCharsets.ISO_8859_1);

        MediaType type = MediaType.parse(text);
        if (type != null) {
            assertThat(type.essence()).isLowerCase().contains("/");
            assertThat(MediaType.parse(type.essence())).isNotNull();
        }
        assertThat(UriReference.absolute(text) && !UriReference.wellFormed(text))
                .isFalse();
        assertBase64(text);
        assertTime(text);
        long offset = Offsets.parse(Bytes.of(ascii));
        if (offset > 0) {
            assertThat(Long.parseLong(text)).isEqualTo(offset);
        }
    }

    /// What a client reads of a server's answers.
    @FuzzTest
    void readsAnAnswerOrNothing(byte[] answer) {
        Bytes body = Bytes.of(answer);

        Problem.parse(body).ifPresent(problem -> {
            assertThat(JacksonReading.of(problem.json())).isNotNull();
            assertThat(Problem.parse(problem.json()).map(Problem::errors)).hasValue(problem.errors());
        });
        StreamPage.parse(body)
                .ifPresent(page -> assertThat(page.events())
                        .allSatisfy(event ->
                                assertThat(JacksonReading.of(event.json())).isNotNull()));
        EventText.elements(body)
                .ifPresent(events -> assertThat(events)
                        .allSatisfy(
                                event -> assertThat(JacksonReading.of(event)).isNotNull()));
        Receipt.parse(body)
                .ifPresent(receipt -> assertThat(Receipt.parse(receipt.json())).hasValue(receipt));
    }

    private static void assertBase64(String text) {
        if (Base64Text.wellFormed(text)) {
            assertThat(Base64Text.decode(text).toArray())
                    .isEqualTo(Base64.getDecoder().decode(text));
        }
    }

    private static void assertTime(String text) {
        Instant time = Rfc3339.parse(text);
        String upper = text.toUpperCase(Locale.ROOT);
        if (time == null || upper.startsWith(":60", 16) || text.length() > 30) {
            return;
        }
        try {
            assertThat(time).isEqualTo(instant(upper));
        } catch (DateTimeException refused) {
            throw new AssertionError("the JDK reads no time in " + text, refused);
        }
    }

    /// The JDK knows no offsets beyond 18 hours, RFC 3339 allows up to 23:59.
    private static Instant instant(String time) {
        if (time.endsWith("Z")) {
            return Instant.parse(time);
        }
        int at = time.length() - "+00:00".length();
        Duration offset = Duration.ofHours(Long.parseLong(time.substring(at + 1, at + 3)))
                .plusMinutes(Long.parseLong(time.substring(at + 4)));
        Instant local = Instant.parse(time.substring(0, at) + "Z");
        return time.charAt(at) == '-' ? local.plus(offset) : local.minus(offset);
    }
}
