package dev.tidings.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.model.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
    private static final Query.Range RANGE = new Query.Range(1, 60);

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "&", "&&", "unknown=%20&unknown=2", "=x"})
    void takesDefaultsWhereAParameterIsAbsent(String text) {
        Query query = new Query(text);

        assertThat(query.flag("test", true)).isTrue();
        assertThat(query.number("max", 100, RANGE)).isEqualTo(100);
        assertThat(query.text("group")).isNull();
        assertThat(query.refusal()).isNull();
    }

    @Test
    void readsValues() {
        Query query = new Query("test=false&max=60&group=a%2Eb&from=2026-01-01T00%3A00%3A00%2B02%3A00");

        assertThat(query.flag("test", true)).isFalse();
        assertThat(query.number("max", 1, RANGE)).isEqualTo(60);
        assertThat(query.text("group")).isEqualTo("a.b");
        assertThat(query.text("from")).isEqualTo("2026-01-01T00:00:00+02:00");
        assertThat(query.refusal()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"test", "test=", "test=TRUE", "test=1", "test=yes", "test=true&test=true", "test=%2"})
    void refusesWhatIsNoFlag(String text) {
        Query query = new Query(text);

        query.flag("test", true);

        assertThat(query.refusal()).isNotNull();
        assertThat(query.refusal().code()).isEqualTo(ErrorCode.INVALID_PARAMETER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0", "61", "-1", "1.0", "", "0x1", " 1", "+1", "99999999999999999999999", "9999999999999999999"})
    void refusesWhatIsNoNumberInRange(String value) {
        Query query = new Query("max=" + value);

        query.number("max", 1, RANGE);

        assertThat(query.refusal()).isNotNull();
        assertThat(query.refusal().detail()).contains("'max' is a whole number from 1 to 60");
    }

    @Test
    void tellsAllThatIsWrongInOneAnswer() {
        Query query = new Query("test=maybe&max=0");

        query.flag("test", true);
        query.number("max", 1, RANGE);

        assertThat(query.refusal().detail()).contains("'test'", "'maybe'", "'max'");
    }

    @Test
    void saysThatNoneWasFoundInsteadOfNull() {
        Query query = new Query("");

        query.complain("all", "true here");

        assertThat(query.refusal().detail()).isEqualTo("parameter 'all' is true here; found none");
    }
}
