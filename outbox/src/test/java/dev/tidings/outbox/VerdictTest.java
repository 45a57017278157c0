package dev.tidings.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.client.RefusedException;
import dev.tidings.model.Flaw;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTest {
    @Test
    void blamesTheEventsThatHaveFlawsWithTheFirstOfThem() {
        RefusedException refusal =
                refused("not-allowed", flaw(2, "no such type"), flaw(0, "no such source"), flaw(2, "nor this"));

        Verdict.Aside aside = (Verdict.Aside) Verdict.of(refusal, 3);

        assertThat(aside.blamed()).containsOnlyKeys(0, 2);
        assertThat(aside.blamed().get(2)).hasMessage("not-allowed (400): no such type");
        assertThat(aside.blamed().get(2).flaws()).extracting(Flaw::reason).containsExactly("no such type", "nor this");
    }

    @Test
    void blamesNobodyForAFlawOfAnEventThatWasNotSent() {
        assertThat(Verdict.of(refused("schema-violated", flaw(3, "who?")), 3)).isEqualTo(new Verdict.Alone());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"malformed-request", "malformed-event", "request-too-large", "event-too-large", "schema-violated"
            })
    void triesAloneWhatMayBeAnEventsFaultAndThenBlamesIt(String code) {
        assertThat(Verdict.of(refused(code), 2)).isEqualTo(new Verdict.Alone());
        assertThat(Verdict.of(refused(code), 1))
                .isInstanceOfSatisfying(
                        Verdict.Aside.class, aside -> assertThat(aside.blamed()).containsOnlyKeys(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"unauthenticated", "not-allowed", "not-found", "method-not-allowed", "about:blank", ""})
    void waitsWhereAnyEventWouldBeRefused(String code) {
        assertThat(Verdict.of(refused(code), 1)).isEqualTo(new Verdict.Wait());
        assertThat(Verdict.of(refused(code), 2)).isEqualTo(new Verdict.Wait());
    }

    private static RefusedException refused(String code, Flaw... flaws) {
        return new RefusedException(400, code, "so it is", List.of(flaws));
    }

    private static Flaw flaw(int index, String reason) {
        return new Flaw(index, null, "", reason);
    }
}
