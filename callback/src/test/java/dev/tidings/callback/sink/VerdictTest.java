package dev.tidings.callback.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.callback.sink.Outcome.Answered;
import dev.tidings.callback.sink.Outcome.Failed;
import dev.tidings.callback.sink.Outcome.Failure;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTest {
    private static final Instant NOW = Instant.parse("1994-11-06T08:49:07Z");
    private static final Duration DAY = Duration.ofDays(1);

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void confirmsBySuccess(int status) {
        assertThat(of(Answer.of(status, "whatever"))).isEqualTo(new Verdict.Confirmed());
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 304, 307, 308, 401, 403, 404, 405, 408, 409, 429, 500, 502, 503, 504, 599})
    void triesAgainWhereAnotherAnswerMayCome(int status) {
        assertThat(of(Answer.of(status, ""))).isEqualTo(new Verdict.Failed(status, "answered " + status));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 415, 422})
    void takesARejectionForFinal(int status) {
        assertThat(of(Answer.of(status, "no id")))
                .isEqualTo(new Verdict.Rejected(status, "answered " + status + ": no id"));
    }

    @Test
    void endsWhereTheSinkIsGone() {
        assertThat(of(Answer.of(410, "moved"))).isEqualTo(new Verdict.Gone("answered 410: moved"));
    }

    @Test
    void triesAgainWithoutAnAnswer() {
        assertThat(Verdict.of(new Failed(Failure.TIMEOUT, "was slow"), NOW, DAY))
                .isEqualTo(new Verdict.Failed(null, "was slow"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0",
                "120 | 120",
                " 7  | 7",
                "999999999999999999 | 86400",
                "Sun, 06 Nov 1994 08:49:37 GMT | 30",
                "Sunday, 06-Nov-94 08:49:37 GMT | 30",
                "Sun Nov  6 08:49:37 1994 | 30",
                "Sun, 06 Nov 1994 08:00:00 GMT | 0",
                "Sun, 06 Nov 2094 08:00:00 GMT | -1",
                "Sat, 06 Nov 2094 08:00:00 GMT | 86400"
            })
    void leavesABusySinkAloneForAsLongAsItSays(String retryAfter, long seconds) {
        Answer busy = new Answer(503, retryAfter, null, null, "");

        Verdict verdict = of(busy);

        assertThat(verdict)
                .isEqualTo(
                        seconds < 0
                                ? new Verdict.Failed(503, "answered 503")
                                : new Verdict.Busy(503, "answered 503", Duration.ofSeconds(seconds)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1.5", "1e3", "9999999999999999999999", "Sun, 06 Nov 1994 08:49:37"})
    void passesOverARetryAfterThatIsNone(String retryAfter) {
        assertThat(of(new Answer(429, retryAfter, null, null, ""))).isEqualTo(new Verdict.Failed(429, "answered 429"));
    }

    @Test
    void showsNoControlCharactersOfABody() {
        byte[] body = "no\r\n\u0007 \u202eway".getBytes(java.nio.charset.StandardCharsets.UTF_8);

        assertThat(Answer.excerpt(body)).isEqualTo("no way");
        assertThat(Answer.excerpt(new byte[] {(byte) 0xff, 'a'})).isEqualTo("\ufffda");
        assertThat(Answer.excerpt("x".repeat(10_000).getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .hasSize(300);
    }

    @Test
    void isPermittedByItsOwnNameOrByAll() {
        assertThat(permission("hub.example.org", "120")).isEqualTo(new Permission.Granted(120));
        assertThat(permission("HUB.example.org", "*")).isEqualTo(new Permission.Granted(null));
        assertThat(permission("*", null)).isEqualTo(new Permission.Granted(null));
        assertThat(permission("*", "99999999999999")).isEqualTo(new Permission.Granted(1_000_000_000));
    }

    @Test
    void isNotPermittedByAnythingElse() {
        assertThat(permission(null, "120")).isInstanceOf(Permission.Denied.class);
        assertThat(permission("example.org", "120")).isInstanceOf(Permission.Denied.class);
        assertThat(permission("*", "0")).isInstanceOf(Permission.Denied.class);
        assertThat(permission("*", "many")).isInstanceOf(Permission.Denied.class);
        assertThat(permission("*", "-1")).isInstanceOf(Permission.Denied.class);
        assertThat(Permission.of(new Failed(Failure.TLS, "lies"), "hub"))
                .isEqualTo(new Permission.Denied(null, "lies"));
        assertThat(Permission.of(new Answered(Answer.of(410, "")), "hub"))
                .isEqualTo(new Permission.Gone("answered 410"));
    }

    private static Verdict of(Answer answer) {
        return Verdict.of(new Answered(answer), NOW, DAY);
    }

    private static Permission permission(String origin, String rate) {
        return Permission.of(new Answered(new Answer(404, null, origin, rate, "")), "hub.example.org");
    }
}
