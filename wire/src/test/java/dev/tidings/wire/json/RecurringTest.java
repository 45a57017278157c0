package dev.tidings.wire.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.model.Bytes;
import org.junit.jupiter.api.Test;

class RecurringTest {
    private final Recurring<String> recurring = new Recurring<>();

    @Test
    void findsWhatIsSpelledTheSame() {
        Bytes text = Bytes.utf8("xcom.example.order.placedx").slice(1, 25);
        recurring.remember(text, "placed");

        assertThat(recurring.find(Bytes.utf8("com.example.order.placed"))).isEqualTo("placed");
        assertThat(recurring.find(Bytes.utf8("com.example.order.placec"))).isNull();
        assertThat(recurring.find(Bytes.utf8("com.example.order.place"))).isNull();
        assertThat(recurring.find(Bytes.EMPTY)).isNull();
    }

    @Test
    void neverMistakesOneTextForAnother() {
        for (int i = 0; i < 5000; i++) {
            recurring.remember(Bytes.utf8("type." + i), "value " + i);
        }

        for (int i = 0; i < 5000; i++) {
            assertThat(recurring.find(Bytes.utf8("type." + i))).isIn(null, "value " + i);
        }
        assertThat(recurring.find(Bytes.utf8("type.4999"))).isEqualTo("value 4999");
    }

    @Test
    void forgetsLongTexts() {
        Bytes text = Bytes.utf8("x".repeat(1000));
        recurring.remember(text, "long");

        assertThat(recurring.find(text)).isNull();
    }
}
