package dev.tidings.callback.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.model.Bytes;
import dev.tidings.model.Delivery;
import dev.tidings.model.Lane;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HandTest {
    private static final int SIZE = 100;

    @Test
    void packsNoMoreBytesThanARequestMayHold() {
        Hand hand = new Hand(new Hand.Limits(10, 2 * SIZE));
        for (int offset = 1; offset <= 5; offset++) {
            hand.take(parcel(offset, null));
        }

        assertThat(hand.next()).hasSize(2);
        assertThat(hand.bytes()).isEqualTo(3 * SIZE);
        assertThat(hand.next()).hasSize(2);
        assertThat(hand.next()).hasSize(1);
        assertThat(hand.bytes()).isZero();
    }

    @Test
    void knowsHowMuchItHoldsWhateverIsPutBackOrDropped() {
        Hand hand = new Hand(new Hand.Limits(1, SIZE));
        hand.take(parcel(1, null));
        hand.take(parcel(2, null));
        hand.take(parcel(3, "key"));

        hand.putBack(hand.next());
        assertThat(hand.bytes()).isEqualTo(3 * SIZE);
        assertThat(hand.drop("key")).hasSize(1);
        assertThat(hand.bytes()).isEqualTo(2 * SIZE);
        assertThat(hand.clear()).hasSize(2);
        assertThat(hand.bytes()).isZero();
    }

    private static Parcel parcel(long offset, @Nullable String key) {
        Bytes json = Bytes.utf8(" ".repeat(SIZE));
        return new Parcel(new Delivery(offset, Lane.EVENTS, 0, true, json), null, key, "msg_" + offset, false);
    }
}
