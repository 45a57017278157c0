package dev.tidings.wire.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.model.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCursorTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | expected a JSON value at byte 0 (line 1, column 1), found the end",
                "a=b | expected a JSON value at byte 0 (line 1, column 1), found 'a'",
                "[{},~ {\"a\" 1}] | expected a colon behind the name at byte 11 (line 2, column 7), found '1'",
                "[1,~~ ] | expected a JSON value at byte 6 (line 3, column 2), found ']'",
                "[1 2] | expected a comma or the end of the array at byte 3 (line 1, column 4), found '2'",
                "{\"a\":1 | expected a comma or the end of the object at byte 6 (line 1, column 7), found the end",
                "{a:1} | expected a name in double quotes at byte 1 (line 1, column 2), found 'a'",
                "\"a | expected the quote that ends the string at byte 2 (line 1, column 3), found the end",
                "\"a~\" | expected control characters escaped at byte 2 (line 1, column 3), found 0x0a",
                "\"\\x\" | expected one of \"\\/bfnrtu behind a backslash at byte 2 (line 1, column 3), found 'x'",
                "\"\\u12g4\" | expected four hexadecimal digits behind \\u at byte 5 (line 1, column 6), found 'g'",
                "-a | expected a digit at byte 1 (line 1, column 2), found 'a'",
                "01 | expected nothing behind the end of the JSON value at byte 1 (line 1, column 2), found '1'",
                "trux | expected a JSON value at byte 0 (line 1, column 1), found 't'",
                "[[[[]]]] | expected a depth of at most 3 at byte 3 (line 1, column 4), found '['",
            })
    void saysWhatWasExpectedWhereAndWhatWasFound(String text, String complaint) {
        assertThat(complaint(Bytes.utf8(text.replace('~', '\n')))).isEqualTo(complaint);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "bf",
                "c0af",
                "c1bf",
                "e08080",
                "e09fbf",
                "f0808080",
                "f08fbfbf",
                "eda080",
                "edbfbf",
                "f4908080",
                "f5808080",
                "ff",
                "c3",
                "e282",
                "f09f98",
                "c341",
                "e28241",
                "f09f9841"
            })
    void refusesWhatIsNotUtf8InNamesAndValuesAndWhatIsPassedOver(String hex) {
        for (String around : new String[] {"{\"~\":1}", "{\"a\":\"~\"}", "[\"~\"]", "[[{\"plain text ~\":[\"x\"]}]]"}) {
            assertThat(complaint(around(around, HexFormat.of().parseHex(hex)))).startsWith("expected UTF-8 at byte");
        }
    }

    @Test
    void decodesEscapesAndLeavesHalfPairsAsTheyAre() {
        JsonCursor cursor = cursor("[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\ud83d\\uDE00\u00e9\\ud800x\"]");
        cursor.value();
        cursor.enter();

        assertThat(cursor.element()).isEqualTo(Token.STRING);
        assertThat(cursor.string()).isEqualTo("\"\\/\b\f\n\r\tA\ud83d\ude00\u00e9\ud800x");
        assertThat(cursor.plain()).isFalse();
    }

    @Test
    void nestsBeyondTheBitsOfAWord() {
        String mixed = "[{\"a\":".repeat(200) + "1" + "}]".repeat(200);

        assertThat(complaint(Bytes.utf8(mixed))).contains("depth");
        JsonCursor cursor = new JsonCursor(Bytes.utf8(mixed), 400);
        cursor.value();

        assertThat(cursor.skip()).isEqualTo(mixed.length());
    }

    @Test
    void countsTheCharactersOfANameNotItsBytes() {
        assertThat(complaint(Bytes.utf8("{\"" + "\u20ac".repeat(2048) + "\":1}")))
                .isEmpty();
        assertThat(complaint(Bytes.utf8("{\"" + "\\u20ac".repeat(2048) + "\":1}")))
                .isEmpty();
        assertThat(complaint(Bytes.utf8("{\"" + "\u20ac".repeat(2049) + "\":1}")))
                .contains("at most 2048 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "\\udc00", "\\udc00\\ud800", "a\\ud800b"})
    void refusesHalfSurrogatePairsInNames(String name) {
        assertThat(complaint(Bytes.utf8("[{\"" + name + "\":1}]"))).contains("half surrogate pairs");
        assertThat(complaint(Bytes.utf8("[{\"\\ud83d\\ude00\":\"" + name + "\"}]")))
                .isEmpty();
    }

    private static Bytes around(String text, byte[] bytes) {
        int middle = text.indexOf('~');
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(Bytes.utf8(text.substring(0, middle)).array());
        whole.writeBytes(bytes);
        whole.writeBytes(Bytes.utf8(text.substring(middle + 1)).array());
        return Bytes.of(whole.toByteArray());
    }

    private static JsonCursor cursor(String text) {
        return new JsonCursor(Bytes.utf8(text), 3);
    }

    /// Empty where there is none.
    private static String complaint(Bytes text) {
        try {
            JsonCursor cursor = new JsonCursor(text, 3);
            cursor.value();
            cursor.skip();
            cursor.finish();
            return "";
        } catch (Malformed malformed) {
            return malformed.complaint();
        }
    }
}
