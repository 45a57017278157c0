package dev.tidings.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.engine.Corrupt;
import dev.tidings.engine.Unavailable;
import dev.tidings.engine.Unavailable.Effect;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Flaw;
import dev.tidings.model.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemAnswersTest {
    private final ProblemAnswers problems = new ProblemAnswers(new Random(1), _ -> {});

    @ParameterizedTest
    @EnumSource
    void answersEachErrorWithItsStatusAndAProblem(ErrorCode code) {
        Answer answer = problems.refused(Refusal.of(code, "why"), Operation.PRODUCE_RAW);

        assertThat(answer.status()).isEqualTo(code.status());
        assertThat(answer.contentType()).hasToString("application/problem+json");
        assertThat(answer.body().toUtf8()).contains(code.slug()).contains("\"detail\":\"why\"");
    }

    @ParameterizedTest
    @EnumSource(names = {"UNAUTHENTICATED", "NOT_ALLOWED"})
    void challengesWith401(ErrorCode code) {
        assertThat(header(problems.refused(Refusal.of(code, ""), null), "WWW-Authenticate"))
                .startsWith("Bearer");
    }

    @Test
    void tellsTheBadEventsOfABatch() {
        Refusal refusal = Refusal.of(ErrorCode.MALFORMED_EVENT, "two", List.of(new Flaw(0, "a", "/id", "x"), flaw(7)));

        assertThat(problems.refused(refusal, null).body().toUtf8()).contains("\"index\":0", "\"index\":7");
    }

    @Test
    void saysWhenToTryAgainInWholeSecondsAtLeastOne() {
        Refusal soon = Refusal.retryable(ErrorCode.OVER_QUOTA, "", Duration.ofMillis(10));
        Refusal later = Refusal.retryable(ErrorCode.OVER_QUOTA, "", Duration.ofMillis(2100));

        assertThat(header(problems.refused(soon, null), "Retry-After")).isEqualTo("1");
        assertThat(header(problems.refused(later, null), "Retry-After")).isEqualTo("3");
    }

    @Test
    void saysWhetherAFailedRequestMayHaveTakenEffect() {
        Answer none = problems.failed(new Unavailable("disk full", Effect.NONE, Duration.ofSeconds(7)));
        Answer unknown = problems.failed(
                new CompletionException(new Unavailable("sync failed", Effect.UNKNOWN, Duration.ofSeconds(7))));

        assertThat(none.status()).isEqualTo(503);
        assertThat(header(none, "Retry-After")).isEqualTo("7");
        assertThat(none.body().toUtf8()).contains("disk full", "nothing of the request was stored");
        assertThat(unknown.status()).isEqualTo(503);
        assertThat(unknown.body().toUtf8()).contains("the effect is unknown");
    }

    @Test
    void answersABugWithACorrelationIdAndNothingOfItsInside() {
        Answer answer = problems.failed(new IllegalStateException("secret path /etc"));

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body().toUtf8())
                .containsPattern("correlation id [0-9a-f]{16};")
                .doesNotContain("secret", "IllegalState");
    }

    @Test
    void answersCorruptionWithoutNamingFiles() {
        Answer answer = problems.failed(new Corrupt("wal-3", 17, "torn"));

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body().toUtf8()).contains("corrupt").doesNotContain("wal-3");
    }

    private static Flaw flaw(int index) {
        return new Flaw(index, null, "", "bad");
    }

    private static String header(Answer answer, String name) {
        return answer.headers().stream()
                .filter(header -> header.name().toString().equalsIgnoreCase(name))
                .map(header -> header.value().toString())
                .findFirst()
                .orElse("");
    }
}
