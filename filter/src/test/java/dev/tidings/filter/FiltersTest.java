package dev.tidings.filter;

import static dev.tidings.filter.Verdict.DOES_NOT;
import static dev.tidings.filter.Verdict.FAILED;
import static dev.tidings.filter.Verdict.MATCHES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.model.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiltersTest {
    private static final String EVENT = """
            {"specversion":"1.0","id":"1","source":"/shop/1","type":"com.example.order.placed","subject":"A-1",
             "priority":7,"express":true,"data":{"changed":["address"]}}""";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"exact":{"type":"com.example.order.placed"}}                       | MATCHES
            {"exact":{"type":"com.example.order.Placed"}}                       | DOES_NOT
            {"exact":{"type":"com.example.order"}}                              | DOES_NOT
            {"exact":{"type":"com.example.order.placed","subject":"A-1"}}       | MATCHES
            {"exact":{"type":"com.example.order.placed","subject":"A-2"}}       | DOES_NOT
            {"exact":{"priority":"7"}}                                          | MATCHES
            {"exact":{"express":"true"}}                                        | MATCHES
            {"exact":{"absent":"x"}}                                            | DOES_NOT
            {"prefix":{"type":"com.example."}}                                  | MATCHES
            {"prefix":{"type":"Com."}}                                          | DOES_NOT
            {"prefix":{"absent":"x"}}                                           | DOES_NOT
            {"suffix":{"type":".placed","source":"/1"}}                         | MATCHES
            {"suffix":{"type":".placed","source":"/2"}}                         | DOES_NOT
            {"all":[{"prefix":{"type":"com."}},{"exact":{"subject":"A-1"}}]}    | MATCHES
            {"all":[{"prefix":{"type":"com."}},{"exact":{"subject":"A-2"}}]}    | DOES_NOT
            {"any":[{"prefix":{"type":"org."}},{"exact":{"subject":"A-1"}}]}    | MATCHES
            {"any":[{"prefix":{"type":"org."}},{"exact":{"subject":"A-2"}}]}    | DOES_NOT
            {"not":{"exact":{"absent":"x"}}}                                    | MATCHES
            {"not":{"exact":{"subject":"A-1"}}}                                 | DOES_NOT
            [{"prefix":{"type":"com."}},{"exact":{"subject":"A-2"}}]            | DOES_NOT
            [{"prefix":{"type":"com."}},{"exact":{"subject":"A-1"}}]            | MATCHES
            []                                                                  | MATCHES
            {"exact":{"time":"2026-11-28T06:30:00.000Z"}}                       | MATCHES
            {"sql":"type LIKE '%.placed' AND priority > 5"}                     | MATCHES
            {"sql":"absent = 'x'"}                                              | FAILED
            {"sql":"priority"}                                                  | FAILED
            {"not":{"sql":"absent = 'x'"}}                                      | FAILED
            {"any":[{"sql":"absent = 'x'"},{"exact":{"subject":"A-1"}}]}        | MATCHES
            {"all":[{"sql":"absent = 'x'"},{"exact":{"subject":"A-2"}}]}        | DOES_NOT
            {"cel":"data.changed.exists(c, c == 'address')"}                | MATCHES
            {"cel":"attributes.priority == 7 && time.getHours() == 6"}          | MATCHES
            {"cel":"data.absent == 1"}                                          | FAILED
            [{"prefix":{"type":"com."}},{"cel":"data.absent == 1"}]             | FAILED
            [{"prefix":{"type":"org."}},{"cel":"data.absent == 1"}]             | DOES_NOT
            """)
    void judges(String filter, Verdict expected) {
        assertThat(compiled(filter).judge(event(EVENT))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {                                       | ``              | JSON
            {"exact":{"a":"b"}} 1                     | ``              | nothing behind the end
            7                                       | ``              | found 7
            "x"                                     | ``              | found "x"
            {}                                      | ``              | names one dialect
            {"exakt":{"type":"x"}}                  | /exakt          | did you mean 'exact'
            {"exact":{}}                            | /exact          | at least one attribute
            {"exact":["type"]}                      | /exact          | found an array
            {"exact":{"type":""}}                   | /exact/type     | not empty
            {"exact":{"type":7}}                    | /exact/type     | found 7
            {"exact":{"":"x"}}                      | /exact/         | found ''
            {"exact":{"Type":"x"}}                  | /exact/Type     | lower-case
            {"exact":{"data":"x"}}                  | /exact/data     | data is none
            {"exact":{"a":"x","a":"y"}}             | /exact/a        | twice
            {"all":[]}                              | /all            | at least one
            {"any":{"exact":{"type":"x"}}}          | /any            | an array
            {"not":[{"exact":{"type":"x"}}]}        | /not            | found an array
            {"all":[{"exact":{"a":"x"}},{"any":[]}]} | /all/1/any     | at least one
            {"exact":{"a":"x"},"prefix":{"a":"x"}}  | ``              | one dialect
            [{"exact":{"a":"x"}},null]              | /1              | found null
            {"sql":"id = "}                         | /sql            | at character 5
            {"sql":" "}                             | /sql            | as a string; found " "
            {"cel":{"id":"x"}}                      | /cel            | found an object
            [{"not":{"cel":"idd == id"}}]           | /0/not/cel      | undeclared reference to 'idd'
            """)
    void saysWhereAFilterIsNone(String filter, String pointer, String reason) {
        assertThat(Filters.compile(filter)).isInstanceOfSatisfying(Compilation.Flawed.class, flawed -> {
            assertThat(flawed.pointer()).isEqualTo(pointer);
            assertThat(flawed.reason()).contains(reason);
            assertThat(flawed.detail()).contains(pointer, reason);
        });
    }

    @Test
    void isBoundedInLengthNumberAndDepth() {
        String test = "{\"exact\":{\"a\":\"x\"}}";

        assertThat(Filters.compile("[" + (test + ",").repeat(255) + test + "]"))
                .isInstanceOf(Compilation.Compiled.class);
        assertThat(Filters.compile("[" + (test + ",").repeat(256) + test + "]")).isInstanceOf(Compilation.Flawed.class);
        assertThat(Filters.compile("{\"not\":".repeat(15) + test + "}".repeat(15)))
                .isInstanceOf(Compilation.Compiled.class);
        assertThat(Filters.compile("{\"not\":".repeat(16) + test + "}".repeat(16)))
                .isInstanceOf(Compilation.Flawed.class);
        assertThat(Filters.compile(" ".repeat(Filters.MAX_LENGTH) + test)).isInstanceOf(Compilation.Flawed.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            { "exact" : { "type":"x", "id":"\\u0041" } }   | {"exact":{"id":"A","type":"x"}}
            [ {"exact":{"id":"\\"\\\\\\n"}} ]              | {"exact":{"id":"\\"\\\\\\u000a"}}
            [{"not":{"suffix":{"a":"b"}}},{"any":[{"prefix":{"a":"b"}}]}] | {"all":[{"not":{"suffix":{"a":"b"}}},{"any":[{"prefix":{"a":"b"}}]}]}
            [ ]                                            | []
            {"sql":" id = 'A' "}                           | {"sql":"id = 'A'"}
            {"cel":"id == \\"A\\""}                    | {"cel":"id == \\"A\\""}
            """)
    void saysEqualFiltersEqually(String filter, String canonical) {
        EventFilter compiled = compiled(filter);

        assertThat(compiled.canonical()).isEqualTo(canonical);
        assertThat(compiled(canonical)).isEqualTo(compiled).hasSameHashCodeAs(compiled);
        assertThat(compiled.matchesAll()).isEqualTo(canonical.equals("[]"));
    }

    @Test
    void isBoundedInItsExpressionsInOtherLanguages() {
        String sql = "{\"sql\":\"id = '1'\"}";

        assertThat(Filters.compile("[" + (sql + ",").repeat(15) + sql + "]")).isInstanceOf(Compilation.Compiled.class);
        assertThat(Filters.compile("[" + (sql + ",").repeat(16) + sql + "]")).isInstanceOf(Compilation.Flawed.class);
        assertThat(Filters.compile("{\"sql\":\"id = '" + "x".repeat(4_100) + "'\"}"))
                .isInstanceOf(Compilation.Flawed.class);
    }

    @Test
    void takesNoFilterThatItsCanonicalTextIsTooLongFor() {
        assertThat(Filters.compile("{\"exact\":{\"a\":\"" + "\\n".repeat(4_000) + "\"}}"))
                .isInstanceOf(Compilation.Flawed.class);
        assertThat(compiled("{\"exact\":{\"a\":\"\\ud83d \ud83d\ude00\"}}").canonical())
                .isEqualTo("{\"exact\":{\"a\":\"\\ud83d \ud83d\ude00\"}}");
    }

    @Test
    void failsOnWhatIsNoJson() {
        assertThat(compiled("{\"exact\":{\"id\":\"1\"}}").judge(event("{\"id\":")))
                .isEqualTo(FAILED);
        assertThat(compiled("{\"exact\":{\"id\":\"1\"}}").judge(event("[]"))).isEqualTo(DOES_NOT);
        assertThat(compiled("[]").judge(event("{\"id\":"))).isEqualTo(MATCHES);
    }

    static EventFilter compiled(String filter) {
        return switch (Filters.compile(filter)) {
            case Compilation.Compiled(var compiled) -> compiled;
            case Compilation.Flawed flawed -> throw new AssertionError(flawed.detail());
        };
    }

    static FilterInput event(String json) {
        return FilterInput.of(Bytes.utf8(json), 1_795_847_400_000L);
    }
}
