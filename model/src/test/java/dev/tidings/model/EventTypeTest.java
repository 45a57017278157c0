package dev.tidings.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTypeTest {
    @ParameterizedTest
    @CsvSource({
        "AGE.MPass.User.Authenticated, AGE.MPass",
        "com.example.order.placed, com.example",
        "com.example.shop.order.placed, com.example.shop",
        "order.placed, order.placed",
        "placed, placed"
    })
    void belongsToTheStreamOfAllButItsLastTwoSegments(String type, String stream) {
        assertThat(new EventType(type).stream()).isEqualTo(new StreamName(stream));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.", ".a", "a..b", "a b", "~a.b", "a.b/c", "é.b"})
    void isNotSpelledByWhatHasEmptySegmentsOrOtherCharacters(String text) {
        assertThat(EventType.parse(text)).isEmpty();
    }

    @Test
    void hasAtMost255Characters() {
        assertThat(EventType.parse("a".repeat(255))).isPresent();
        assertThat(EventType.parse("a".repeat(256))).isEmpty();
    }
}
