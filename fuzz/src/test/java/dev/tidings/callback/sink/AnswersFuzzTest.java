package dev.tidings.callback.sink;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/// What sinks answer, and what their addresses look like.
class AnswersFuzzTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LONGEST = Duration.ofDays(1);

    @FuzzTest
    void leavesASinkAloneForABoundedTime(byte[] retryAfter) {
        Answer busy = new Answer(429, text(retryAfter), null, null, "");

        if (Verdict.of(new Outcome.Answered(busy), NOW, LONGEST)
                instanceof Verdict.Busy(var _, var _, Duration pause)) {
            assertThat(pause).isBetween(Duration.ZERO, LONGEST);
        }
    }

    @FuzzTest
    void takesNoRateThatIsNone(byte[] rate) {
        Answer answer = new Answer(200, null, "*", text(rate), "");

        if (Permission.of(new Outcome.Answered(answer), "hub") instanceof Permission.Granted(Integer perMinute)
                && perMinute != null) {
            assertThat(perMinute).isPositive();
        }
    }

    @FuzzTest
    void showsABodyInOneLineOfPrintableText(byte[] body) {
        String excerpt = Answer.excerpt(body);

        assertThat(excerpt.codePoints().noneMatch(Character::isISOControl)).isTrue();
        assertThat(excerpt.codePointCount(0, excerpt.length())).isLessThanOrEqualTo(300);
    }

    @FuzzTest
    void callsNoHostThatNamesAnAddressOnlyToSome(byte[] uri) {
        try {
            if (SinkAddress.of(new URI(text(uri))) instanceof SinkAddress.Parsed.Good(SinkAddress address)) {
                assertThat(AddressBlock.literal(address.host()).isPresent() || HostName.isWellFormed(address.host()))
                        .isTrue();
                assertThat(address.target()).startsWith("/");
                assertThat(address.port()).isBetween(1, 0xffff);
            }
        } catch (URISyntaxException noUri) {
            assertThat(noUri).hasMessageContaining("");
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
