package dev.tidings.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.model.Bytes;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Flaw;
import dev.tidings.model.Refusal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemTest {
    @Test
    void isWrittenWithItsErrors() {
        Refusal refusal = Refusal.of(
                ErrorCode.MALFORMED_EVENT,
                "2 \"bad\" events",
                List.of(new Flaw(0, "\u00e9", "/time", "is\nbad"), new Flaw(3, null, "", "too")));

        assertThat(Problem.of(refusal).json().toUtf8()).isEqualTo("""
                        {"type":"https://tidings.dev/errors/malformed-event","title":"An event is malformed",\
                        "status":400,"detail":"2 \\"bad\\" events","errors":[\
                        {"index":0,"id":"\u00e9","pointer":"/time","reason":"is\\u000abad"},\
                        {"index":3,"pointer":"","reason":"too"}]}""");
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void isReadAsItWasWritten(ErrorCode code) {
        Problem problem = Problem.of(Refusal.of(code, "why", List.of(new Flaw(1, "id", "/data/x", "reason"))));

        assertThat(Problem.parse(problem.json())).contains(problem);
        assertThat(Problem.parse(Problem.of(code, "why").json())).contains(Problem.of(code, "why"));
        assertThat(problem.slug()).isEqualTo(code.slug());
    }

    @Test
    void isReadWithItsFurtherMembers() {
        Problem problem = Problem.of(Refusal.of(ErrorCode.POSITION_GONE, "gone").with("earliest", "p7"));

        assertThat(problem.members()).containsExactly(Map.entry("earliest", "p7"));
        assertThat(Problem.parse(problem.json())).contains(problem);
    }

    @Test
    void isReadFromOtherServersToo() {
        Problem problem = Problem.parse(
                        Bytes.utf8(
                                "{\"status\":502,\"x\":{\"errors\":[1]},\"errors\":[1,[],{\"index\":\"a\",\"id\":5}],\"title\":null}"))
                .orElseThrow();

        assertThat(problem).isEqualTo(new Problem("about:blank", "", 502, "", List.of(new Flaw(0, "5", "", ""))));
        assertThat(problem.slug()).isEqualTo("about:blank");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "<html>", "{", "{\"errors\":[", "{\"errors\":[{"})
    void isNotReadFromWhatIsNone(String body) {
        assertThat(Problem.parse(Bytes.utf8(body))).isEmpty();
    }

    @Test
    void leavesReceiptsToReceipt() {
        assertThat(new Receipt(3, 1).json().toUtf8()).isEqualTo("{\"accepted\":3,\"duplicates\":1}");
        assertThat(Receipt.parse(Bytes.utf8(" {\"duplicates\":1,\"more\":[{}],\"accepted\":3}")))
                .contains(new Receipt(3, 1));
        assertThat(Receipt.parse(Bytes.utf8("{\"accepted\":3}"))).isEmpty();
        assertThat(Receipt.parse(Bytes.utf8("{\"accepted\":-3,\"duplicates\":0}")))
                .isEmpty();
        assertThat(Receipt.parse(Bytes.utf8("5"))).isEmpty();
    }
}
