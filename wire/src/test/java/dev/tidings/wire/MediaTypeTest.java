package dev.tidings.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypeTest {
    @ParameterizedTest
    @CsvSource({
        "application/json, true",
        "Application/JSON ; charset=utf-8, true",
        "text/json, true",
        "application/vnd.order+json;v=2, true",
        "application/jsonl, false",
        "text/plain, false",
        "application/x+xml, false"
    })
    void knowsJson(String text, boolean json) {
        assertThat(MediaType.parse(text).json()).isEqualTo(json);
    }

    @Test
    void readsItsParameters() {
        MediaType type = MediaType.parse("text/plain; a=\"q;\\\"=\"; Charset=\"UTF-8\" ;");

        assertThat(type).isEqualTo(new MediaType("text/plain", "utf-8"));
        assertThat(type.text()).isTrue();
        assertThat(type.utf8()).isTrue();
        assertThat(MediaType.parse("text/plain;charset=latin1").utf8()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "json",
                "/json",
                "text/",
                "text/plain;a",
                "text/plain;a=",
                "text/plain;=b",
                "text/plain x",
                "text/plain;a=\"b",
                "te xt/plain",
                "text/pl\u00e4in",
                "text/plain;a=\"\r\nx\"",
                "text//plain"
            })
    void isNotSpelledByAnythingElse(String text) {
        assertThat(MediaType.parse(text)).isNull();
    }
}
