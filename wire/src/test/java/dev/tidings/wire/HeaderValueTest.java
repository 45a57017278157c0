package dev.tidings.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderValueTest {
    /// The example of the binding, section 3.1.3.2.
    @Test
    void encodesAsTheBindingSays() {
        assertThat(HeaderValue.encode("Euro \u20ac \ud83d\ude00")).isEqualTo("Euro%20%E2%82%AC%20%F0%9F%98%80");
        assertThat(HeaderValue.encode("a\"b%c\u007f\r\n")).isEqualTo("a%22b%25c%7F%0D%0A");
        assertThat(HeaderValue.encode("!#$&'~")).isEqualTo("!#$&'~");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\0',
            value = {
                "Euro%20%E2%82%AC%20%F0%9F%98%80, Euro \u20ac \ud83d\ude00",
                "%e2%82%ac, \u20ac",
                "a b, a b",
                "\"a b\", a b",
                "\"a\\\"b\\\\\", a\"b\\",
                "\"%41\", A",
                "%2541, %41",
                "a\"b\", a\"b\""
            })
    void decodesOneRound(String header, String value) {
        assertThat(HeaderValue.decode(header)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%",
                "%4",
                "%zz",
                "a%",
                "%C3",
                "%C0%AF",
                "%ED%A0%80",
                "caf\u00e9",
                "a\tb",
                "\"",
                "\"a",
                "\"a\"b\"",
                "\"a\\\"",
                "%\uff11\uff11"
            })
    void refusesWhatIsBroken(String header) {
        assertThat(HeaderValue.decode(header)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", " \u0000\u0080\uffff", "100% \"\u00e9\ud83d\ude00\"", "\\\""})
    void decodesWhatItEncoded(String value) {
        assertThat(HeaderValue.decode(HeaderValue.encode(value))).isEqualTo(value);
    }
}
