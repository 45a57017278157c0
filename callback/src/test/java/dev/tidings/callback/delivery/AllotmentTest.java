package dev.tidings.callback.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.subscriptions.Subscription;
import java.time.Duration;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AllotmentTest {
    private static final int MANY = 63;
    private final Shop shop = new Shop();

    @Property
    void addsUpToNoMoreThanThereIsAndLeavesSomethingForEach(
            @ForAll @IntRange(min = 1, max = 5_000) int subscriptions,
            @ForAll @IntRange(min = 1, max = 1 << 20) int most,
            @ForAll @IntRange(min = 1, max = 1 << 26) int memory) {
        Allotment allotment = new Allotment(memory, most);
        IntStream.range(0, subscriptions).forEach(i -> allotment.enter("s" + i));

        assertThat(allotment.bytes()).isBetween(1, most);
        assertThat(allotment.bytes() == 1 || (long) allotment.bytes() * subscriptions <= memory)
                .isTrue();
    }

    @Test
    void growsAgainWhereSomebodyLeaves() {
        Allotment allotment = new Allotment(100, 100);

        assertThat(allotment.enter("a")).isFalse();
        assertThat(allotment.enter("b")).isTrue();
        assertThat(allotment.enter("b")).isFalse();
        assertThat(allotment.bytes()).isEqualTo(50);
        assertThat(allotment.leave("b")).isTrue();
        assertThat(allotment.leave("b")).isFalse();

        assertThat(allotment.bytes()).isEqualTo(100);
    }

    @Test
    void holdsLessInMemoryWhereThereAreManySubscriptions() {
        Subscription subscription = shop.subscribe(new Subscribing().atOnce(1).anywhere());
        shop.crowd(MANY);

        shop.publish(null, many());

        assertThat(shop.inFlight(subscription)).isBetween(1, 2);
        shop.sink.answering(_ -> ScriptedSink.status(204));
        shop.loop.run();
        assertThat(shop.sink.news()).hasSize(50).doesNotHaveDuplicates();
    }

    @Test
    void givesBackWhatItHoldsForASinkThatIsLeftAloneOnceOthersNeedRoom() {
        Subscription subscription = shop.subscribe(new Subscribing().atOnce(1).anywhere());
        shop.publish(null, many());
        shop.answer("e0", ScriptedSink.retryAfter(503, "3600"));
        assertThat(shop.inFlight(subscription)).isEqualTo(Shop.SETTINGS.window());

        shop.crowd(MANY);

        assertThat(shop.inFlight(subscription)).isBetween(1, 2);
        shop.sink.answering(_ -> ScriptedSink.status(204));
        shop.advance(Duration.ofHours(1));
        assertThat(shop.unsettled(subscription)).isZero();
        assertThat(shop.dead()).isEmpty();
    }

    @Test
    void waitsForTheAnswersThatAreUnderWayBeforeItGivesBack() {
        Subscription subscription = shop.subscribe(new Subscribing().atOnce(1).anywhere());
        shop.publish(null, many());
        shop.crowd(MANY);
        assertThat(shop.inFlight(subscription)).isEqualTo(Shop.SETTINGS.window());

        shop.answer("e0", ScriptedSink.status(204));

        assertThat(shop.inFlight(subscription)).isBetween(1, 2);
        assertThat(shop.sink.news()).containsExactly("e0", "e1");
    }

    @Test
    void takesMoreAgainWhereOthersArePausedOrRemoved() {
        Subscription subscription = shop.subscribe(new Subscribing().atOnce(1).anywhere());
        shop.crowd(MANY);
        shop.publish(null, many());

        for (int i = 0; i < MANY; i++) {
            Subscription each = new Subscribing().named("other" + i).anywhere();
            if (i % 2 == 0) {
                shop.change(Subscribing.in(each, Subscription.State.PAUSED));
            } else {
                assertThat(shop.remove(each)).isCompleted();
            }
        }

        assertThat(shop.inFlight(subscription)).isEqualTo(Shop.SETTINGS.window());
    }

    private static String[] many() {
        return IntStream.range(0, 50).mapToObj(i -> "e" + i).toArray(String[]::new);
    }
}
