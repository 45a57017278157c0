package dev.tidings.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class WitnessTest {
    private final Witness witness = new Witness(10);

    @Test
    void letsWhatIsDeliveredAgainPass() {
        saw(3, 0, 1, 2, 1, 2, 3);

        assertThat(witness.broken()).isZero();
        assertThat(witness.repeated()).isEqualTo(2);
    }

    @Test
    void noticesAnEventThatWasOvertakenOrLost() {
        saw(3, 0, 2);

        assertThat(witness.broken()).isOne();
        assertThat(witness.complaints()).containsExactly("key 3: event 2 came where 1 was next");
    }

    @Test
    void noticesAnEventThatNeverComes() {
        Keys keys = new Keys(10);
        keys.next(3);
        keys.next(3);
        keys.next(4);
        saw(3, 0);

        assertThat(witness.missing(keys)).isEqualTo(2);
    }

    @Test
    void readsWhichEventItIsFromItsJson() {
        Buffer frame = Buffer.buffer("??").appendString(Goods.event(7, 0, true));

        Goods.read(frame, 2, witness);

        assertThat(witness.seen()).isOne();
        assertThat(witness.complaints()).isEmpty();
    }

    private void saw(int key, int... numbers) {
        for (int number : numbers) {
            witness.saw(key, number);
        }
    }
}
