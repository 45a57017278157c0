package dev.tidings.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidings.model.Bytes;
import java.nio.charset.StandardCharsets;

/// Whatever a consumer calls a filter is one or is refused; one that is none judges whatever event there is, and says
/// of itself in its canonical text what it is.
class FiltersFuzzTest {
    private static final String EVENT = """
            {"specversion":"1.0","id":"A-1","source":"/shop/1","type":"com.example.order.placed","subject":"A-1","n":7,
             "data":{"changed":["name","address"],"items":[{"sku":"A","n":1},{"sku":"B","n":2.5}],"none":null,"s":"aaa"}}""";

    /// The filter, up to a line feed, and the event behind it; without one, an event that is always the same.
    @FuzzTest
    void judgesOrSaysWhyNot(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        int end = text.indexOf('\n');
        String event = end < 0 ? EVENT : text.substring(end + 1);
        judge(end < 0 ? text : text.substring(0, end), event);
    }

    @FuzzTest
    void evaluatesSql(byte[] input) {
        judge("{\"sql\":" + quoted(new String(input, StandardCharsets.UTF_8)) + "}", EVENT);
    }

    private static void judge(String text, String event) {
        switch (Filters.compile(text)) {
            case Compilation.Compiled(EventFilter filter) -> {
                FilterInput read = FilterInput.of(Bytes.utf8(event), 1_795_847_400_000L);
                Verdict verdict = filter.judge(read);
                assertThat(filter.judge(read)).isEqualTo(verdict);
                assertThat(verdict != Verdict.FAILED || read.failure() != null).isTrue();
                assertThat(Filters.compile(filter.canonical())).isEqualTo(new Compilation.Compiled(filter));
            }
            case Compilation.Flawed flawed ->
                assertThat(flawed.detail()).isNotBlank().contains(flawed.pointer());
        }
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.chars().forEach(c -> json.append("\\u%04x".formatted(c)));
        return json.append('"').toString();
    }
}
