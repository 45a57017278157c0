package dev.tidings.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.model.Bytes;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The JSON Parsing Test Suite (github.com/nst/JSONTestSuite) through every way by which JSON comes in.
class JsonParsingTest {
    private static final CloudEvents EVENTS = new CloudEvents(CloudEvents.Limits.DEFAULT);

    static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Vectors.find("json-parsing/test_parsing"))) {
            return files.filter(file -> verdict(file) != 'i').sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void isPassed(Path file) throws IOException {
        Bytes text = Bytes.of(Files.readAllBytes(file));
        char verdict = verdict(file);

        assertThat(new StrictJson(100).isValue(text)).isEqualTo(verdict == 'y');
        assertThat(structured(text) instanceof Decoded.Parsed).isEqualTo(verdict == 'y');
        if (!text.isEmpty()) {
            assertThat(binary(text) instanceof Decoded.Parsed).isEqualTo(verdict == 'y');
        }
        if (verdict == 'y') {
            String value = text.toUtf8().strip();
            assertThat(data(structured(text)).toUtf8().strip()).isEqualTo(value);
            assertThat(data(binary(text)).toUtf8()).isEqualTo(value);
        }
    }

    @Test
    void isPresentInFull() throws IOException {
        assertThat(files()).hasSizeGreaterThanOrEqualTo(283);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "[{\"a\":"})
    void refusesADepthBomb(String brick) {
        Bytes bomb = Bytes.utf8(brick.repeat(100_000));

        for (Decoded decoded : List.of(structured(bomb), binary(bomb))) {
            assertThat(StructuredTest.refusal(decoded).code()).isEqualTo(ErrorCode.MALFORMED_REQUEST);
            assertThat(StructuredTest.refusal(decoded).detail()).contains("depth");
        }
    }

    @Test
    void boundsNamesAndNumbers() {
        assertThat(structured(Bytes.utf8("{\"" + "n".repeat(2048) + "\":" + "9".repeat(1000) + "}")))
                .isInstanceOf(Decoded.Parsed.class);
        assertThat(structured(Bytes.utf8("{\"" + "n".repeat(2060) + "\":1}"))).isInstanceOf(Decoded.Refused.class);
        assertThat(structured(Bytes.utf8("9".repeat(1001)))).isInstanceOf(Decoded.Refused.class);
    }

    @Test
    void takesWhatNestsAsDeepAsAllowed() {
        assertThat(structured(Bytes.utf8("[".repeat(99) + "]".repeat(99)))).isInstanceOf(Decoded.Parsed.class);
        assertThat(structured(Bytes.utf8("[".repeat(100) + "]".repeat(100)))).isInstanceOf(Decoded.Refused.class);
    }

    /// The text as the data of an event that takes it for JSON. A stray bracket must not close the event.
    private static Decoded structured(Bytes text) {
        Bytes body = new JsonText(text.length() + 200)
                .raw("{" + StructuredTest.REQUIRED + ",\"data\":")
                .raw(text)
                .raw("}")
                .bytes();
        return EVENTS.structured(body, StructuredTest.LATEST);
    }

    private static Decoded binary(Bytes text) {
        return EVENTS.binary(new BinaryMessage("application/json", BinaryTest.REQUIRED, text), StructuredTest.LATEST);
    }

    /// `y`: must be accepted, `n`: must be refused, `i`: implementations may differ.
    private static char verdict(Path file) {
        return file.getFileName().toString().charAt(0);
    }

    private static Bytes data(Decoded decoded) {
        Event event = StructuredTest.submission(decoded).events().getFirst();
        return ((Event.Data.Json) event.data()).text();
    }
}
