package dev.tidings.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ExcerptTest {
    @Test
    void leavesPlainTextAsItIs() {
        assertThat(Excerpt.of("Größe, 大きさ")).isEqualTo("Größe, 大きさ");
    }

    @Test
    void showsNothingThatEndsALineOrTurnsItsDirection() {
        assertThat(Excerpt.of("a\nb\r\u001b[31m\u2028\u202ec")).isEqualTo("a?b??[31m??c");
    }

    @Test
    void showsTheBeginningOfWhatIsLong() {
        assertThat(Excerpt.of("x".repeat(100))).isEqualTo("x".repeat(100));
        assertThat(Excerpt.of("x".repeat(101))).isEqualTo("x".repeat(100) + "…");
    }

    @Test
    void isWhatNamesQuoteThatAreNone() {
        assertThatThrownBy(() -> new EventType("a\nb")).hasMessageEndingWith(": a?b");
        assertThatThrownBy(() -> new ClientName("a\nb")).hasMessageEndingWith(": a?b");
        assertThatThrownBy(() -> new GroupName(new ClientName("a"), "a\nb")).hasMessageEndingWith(": a?b");
    }
}
