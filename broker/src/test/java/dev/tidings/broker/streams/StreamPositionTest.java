package dev.tidings.broker.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.model.StreamName;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class StreamPositionTest {
    private static final StreamName STREAM = new StreamName("Shop.Web");

    /// It is stored by clients: it must stay what it is.
    @Test
    void isWrittenInOneFormForEver() {
        assertThat(new StreamPosition(List.of(1_000_000L)).text(STREAM)).isEqualTo("1ja50ap3000000000ugi0");
    }

    @Property
    void isReadAsItWasWritten(@ForAll @Size(min = 1, max = 4) List<@LongRange(min = 0) Long> next) {
        StreamPosition position = new StreamPosition(next);

        String text = position.text(STREAM);

        assertThat(text).matches("[0-9a-v]+");
        assertThat(StreamPosition.parse(STREAM, next.size(), text)).contains(position);
        assertThat(StreamPosition.parse(STREAM, next.size() + 1, text)).isEmpty();
        assertThat(StreamPosition.parse(new StreamName("Shop.Store"), next.size(), text))
                .isEmpty();
    }

    @Property
    void isOrderedAsItsTextIs(@ForAll @LongRange(min = 0) long one, @ForAll @LongRange(min = 0) long other) {
        int byText = text(one).compareTo(text(other));

        assertThat(Integer.signum(byText)).isEqualTo(Long.compare(one, other));
    }

    @Test
    void isNoOtherText() {
        String text = text(1);
        for (String other : List.of(
                "",
                "1",
                text.toUpperCase(Locale.ROOT),
                "2" + text.substring(1),
                text + "0",
                text.substring(0, 8) + "v".repeat(13),
                text.substring(0, 8) + "g" + "0".repeat(12),
                text.substring(0, 20) + "z",
                text.substring(0, 20) + "é",
                text.substring(0, 20) + " ")) {
            if (!other.equals(text)) {
                assertThat(StreamPosition.parse(STREAM, 1, other)).as(other).isEmpty();
            }
        }
    }

    private static String text(long position) {
        return new StreamPosition(List.of(position)).text(STREAM);
    }
}
