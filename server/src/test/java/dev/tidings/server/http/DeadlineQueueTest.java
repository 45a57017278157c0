package dev.tidings.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadlineQueueTest {
    private final List<String> late = new ArrayList<>();
    private final DeadlineQueue queue = new DeadlineQueue(Duration.ofNanos(10));
    private final Named a = new Named("a");
    private final Named b = new Named("b");
    private final Named c = new Named("c");

    @Test
    void tellsWhoIsLateInTheOrderInWhichTheyBegan() {
        queue.begin(a, 0);
        queue.begin(b, 3);
        queue.begin(c, 5);

        queue.expire(9);
        assertThat(late).isEmpty();

        queue.expire(13);
        assertThat(late).containsExactly("a", "b");
    }

    @Test
    void forgetsWhoEndedAtTheStartInTheMiddleAndAtTheEnd() {
        Named d = new Named("d");
        for (Named entry : List.of(a, b, c, d)) {
            queue.begin(entry, 0);
        }

        DeadlineQueue.end(b);
        DeadlineQueue.end(a);
        DeadlineQueue.end(d);
        DeadlineQueue.end(d);
        queue.expire(100);

        assertThat(late).containsExactly("c");
    }

    @Test
    void beginsAnewInsteadOfTwice() {
        queue.begin(a, 0);
        queue.begin(b, 1);
        queue.begin(a, 8);

        queue.expire(12);

        assertThat(late).containsExactly("b");
    }

    @Test
    void hurriesWhoBeganFirstIfThatIsLongAgo() {
        queue.begin(a, 0);
        queue.begin(b, 3);

        assertThat(queue.hurry(4, Duration.ofNanos(4))).isTrue();
        assertThat(queue.hurry(4, Duration.ofNanos(4))).isFalse();
        assertThat(late).containsExactly("a");
        assertThat(queue.hurry(7, Duration.ofNanos(4))).isTrue();
        assertThat(queue.hurry(100, Duration.ofNanos(4))).isFalse();
        assertThat(late).containsExactly("a", "b");
    }

    @Test
    void movesFromOneQueueToAnother() {
        DeadlineQueue longer = new DeadlineQueue(Duration.ofNanos(50));
        queue.begin(a, 0);
        longer.begin(a, 0);

        queue.expire(49);
        assertThat(late).isEmpty();

        longer.expire(50);
        assertThat(late).containsExactly("a");
    }

    @Test
    void letsOneThatIsLateBeginAgain() {
        queue.begin(
                new DeadlineQueue.Entry() {
                    @Override
                    void late() {
                        late.add("again");
                        queue.begin(a, 10);
                    }
                },
                0);

        queue.expire(10);
        queue.expire(20);

        assertThat(late).containsExactly("again", "a");
    }

    private final class Named extends DeadlineQueue.Entry {
        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        void late() {
            late.add(name);
        }
    }
}
