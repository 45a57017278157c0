package dev.tidings.wire;

import static dev.tidings.wire.StructuredTest.LATEST;
import static dev.tidings.wire.StructuredTest.REQUIRED;
import static dev.tidings.wire.StructuredTest.refusal;
import static dev.tidings.wire.StructuredTest.submission;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tidings.model.Bytes;
import dev.tidings.model.DataSize;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Event;
import dev.tidings.model.Flaw;
import dev.tidings.model.Refusal;
import dev.tidings.model.Submission;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchTest {
    private static final String SOUND = "{" + REQUIRED + "}";

    private final CloudEvents events = new CloudEvents(new CloudEvents.Limits(new DataSize(200), 100, 1000));

    @Test
    void keepsTheOrderOfItsEvents() {
        String second = SOUND.replace("\"id\":\"1\"", "\"id\":\"2\"");

        Submission submission = parsed(" [ " + SOUND + " ,\n" + second + " ] ");

        assertThat(submission.events()).extracting(Event::id).containsExactly("1", "2");
        assertThat(submission.events())
                .extracting(event -> event.json().toUtf8())
                .containsExactly(SOUND, second);
    }

    @Test
    void mayBeEmpty() {
        assertThat(parsed(" [ ] ").events()).isEmpty();
    }

    @Test
    void cutsOffsetsOutOfItsEvents() {
        String received = "{\"offset\":\"7\"," + REQUIRED + "}";

        assertThat(parsed("[" + received + "," + SOUND + "," + received + "]").events())
                .extracting(event -> event.json().toUtf8())
                .containsExactly(SOUND, SOUND, SOUND);
    }

    @Test
    void tellsTheFlawsOfEveryEvent() {
        Submission submission = parsed("[{\"id\":\"a\"}," + SOUND + ",{\"type\":\"x\",\"id\":\"c\"}]");

        assertThat(submission.events()).hasSize(1);
        assertThat(submission.flaws())
                .extracting(Flaw::index, Flaw::id, Flaw::pointer)
                .containsExactly(
                        tuple(0, "a", "/specversion"),
                        tuple(0, "a", "/source"),
                        tuple(0, "a", "/type"),
                        tuple(2, "c", "/specversion"),
                        tuple(2, "c", "/source"));
    }

    @Test
    void tellsAHundredFlawsAtMost() {
        assertThat(parsed("[" + String.join(",", Collections.nCopies(500, "{}")) + "]")
                        .flaws())
                .hasSize(100);
    }

    @Test
    void namesTheEventThatIsTooLarge() {
        String large = "{" + REQUIRED + ",\"data\":\"" + "x".repeat(200) + "\"}";

        Refusal refusal = refused("[" + SOUND + "," + large + ", broken");

        assertThat(refusal.code()).isEqualTo(ErrorCode.EVENT_TOO_LARGE);
        assertThat(refusal.flaws()).singleElement().satisfies(flaw -> {
            assertThat(flaw.index()).isEqualTo(1);
            assertThat(flaw.id()).isEqualTo("1");
            assertThat(flaw.pointer()).isEmpty();
        });
    }

    @Test
    void countsAnEventWithoutItsOffset() {
        int fill = 200 - SOUND.length() - ",\"data\":\"\"".length();
        String full = REQUIRED + ",\"data\":\"" + "x".repeat(fill);

        assertThat(parsed("[{\"offset\":\"1\"," + full + "\"}]").events()).hasSize(1);
        assertThat(refused("[{" + full + "x\"}]").code()).isEqualTo(ErrorCode.EVENT_TOO_LARGE);
    }

    @Test
    void hasNoMoreEventsThanAllowed() {
        String thousand = String.join(",", Collections.nCopies(1000, SOUND));

        assertThat(parsed("[" + thousand + "]").events()).hasSize(1000);
        assertThat(refused("[" + thousand + "," + SOUND + "]").code()).isEqualTo(ErrorCode.REQUEST_TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{}", "null", "[1]", "[[]]", "[null]", "[{}", "[{},]", "[] []", "[]]", "[{}{}]"})
    void isMalformedWhereItIsNoArrayOfObjects(String body) {
        assertThat(refused(body).code()).isEqualTo(ErrorCode.MALFORMED_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"a\":1,\"a\":2}]",
                "[{\"id\":\"1\",\"\\u0069d\":\"1\"}]",
                "[{\"data\":1,\"data\":1}]",
                "[{\"offset\":1,\"offset\":1}]",
                "[{\"time\":null,\"time\":null}]"
            })
    void isMalformedWhereAnEventNamesAnAttributeTwice(String body) {
        assertThat(refused(body).detail()).contains("again");
    }

    @Test
    void saysWhereItIsMalformed() {
        assertThat(refused("[{},\n {\"a\" 1}]").detail()).contains("byte 11").contains("line 2");
        assertThat(refused("[{},5]").detail()).contains("event 1").contains("byte 4");
        assertThat(refused("[{\"a\":1},x").detail()).doesNotContain("\n").contains("line 1");
    }

    @Test
    void isUtf8WithoutAByteOrderMark() {
        assertThat(refused("\ufeff[]").detail()).contains("byte order mark");
        Decoded decoded = events.batch(Bytes.of(new byte[] {'[', '"', (byte) 0xc0, (byte) 0xaf, '"', ']'}), LATEST);
        assertThat(refusal(decoded).detail()).contains("UTF-8").contains("2");
        assertThat(refusal(events.batch(Bytes.of(new byte[] {0, '[', 0, ']'}), LATEST))
                        .code())
                .isEqualTo(ErrorCode.MALFORMED_REQUEST);
    }

    @Test
    void readsItsSliceOfALargerArray() {
        Bytes body = Bytes.utf8("xx[" + SOUND + "]yy");

        Submission submission = submission(events.batch(body.slice(2, body.length() - 2), LATEST));

        assertThat(submission.events().getFirst().json()).isEqualTo(Bytes.utf8(SOUND));
    }

    private Submission parsed(String body) {
        return submission(events.batch(Bytes.utf8(body), LATEST));
    }

    private Refusal refused(String body) {
        return refusal(events.batch(Bytes.utf8(body), LATEST));
    }
}
