package dev.tidings.broker.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.catalog.DeliveryLimits;
import dev.tidings.broker.loop.ManualLoop;
import dev.tidings.model.EventType;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TypeThrottleTest {
    private static final EventType TYPE = new EventType("Org.Sys.Thing.Done");
    private static final int MILLION = 1_000_000;

    private final ManualLoop loop = new ManualLoop();

    @Test
    void deliversNoMoreThanTheRateToAllTogether() {
        TypeThrottle throttle = throttle(200, null);
        Thirsty one = Thirsty.quick(throttle, loop).wants(MILLION);
        Thirsty other = Thirsty.quick(throttle, loop).wants(MILLION);

        loop.advance(Duration.ofSeconds(10));

        assertThat(one.delivered + other.delivered).isBetween(1_990, 2_020);
        assertThat(throttle.load().rate()).isBetween(199, 201);
    }

    @Test
    void sharesEquallyBetweenThoseThatWantMore() {
        TypeThrottle throttle = throttle(300, null);
        var groups = IntStream.range(0, 3)
                .mapToObj(_ -> Thirsty.quick(throttle, loop).wants(MILLION))
                .toList();

        loop.advance(Duration.ofSeconds(10));

        assertThat(groups).allSatisfy(group -> assertThat(group.delivered).isBetween(980, 1_040));
    }

    @Test
    void givesThoseThatWantLittleAllOfItAndSharesTheRest() {
        TypeThrottle throttle = throttle(300, null);
        Thirsty little = Thirsty.quick(throttle, loop);
        Thirsty one = Thirsty.quick(throttle, loop).wants(MILLION);
        Thirsty other = Thirsty.quick(throttle, loop).wants(MILLION);

        for (int i = 0; i < 100; i++) {
            little.wants(2);
            loop.advance(Duration.ofMillis(100));
        }

        assertThat(little.delivered).isEqualTo(200);
        assertThat(one.delivered).isBetween(1_390, 1_435);
        assertThat(other.delivered).isBetween(1_390, 1_435);
    }

    @Test
    void givesOneThatTailsTheNextPermitWhileAnotherCatchesUp() {
        TypeThrottle throttle = throttle(100, null);
        Thirsty tail = Thirsty.quick(throttle, loop);
        Thirsty.quick(throttle, loop).wants(MILLION);
        loop.advance(Duration.ofSeconds(3));

        for (int i = 1; i <= 20; i++) {
            tail.wants(1);
            loop.advance(Duration.ofMillis(13)); // what one takes at this rate, and a short timer
            assertThat(tail.delivered).isEqualTo(i);
            loop.advance(Duration.ofMillis(70));
        }
    }

    @Test
    void hasNoMoreUnconfirmedThanTheConcurrency() {
        TypeThrottle throttle = throttle(null, 10);
        Thirsty one = Thirsty.slow(throttle, loop, 100).wants(100);
        Thirsty other = Thirsty.slow(throttle, loop, 100).wants(100);
        loop.run();

        assertThat(one.held + other.held).isEqualTo(10);

        one.confirm(4);
        loop.run();

        assertThat(one.held + other.held).isEqualTo(10);
        assertThat(throttle.load().held()).isEqualTo(10);
        assertThat(throttle.load().waiting()).isPositive();
    }

    @Test
    void keepsAPlaceForAGroupThatHoldsNothing() {
        TypeThrottle throttle = throttle(null, 10);
        Thirsty later = Thirsty.slow(throttle, loop, 100);
        Thirsty hoards = Thirsty.slow(throttle, loop, 100).wants(100);
        loop.run();
        assertThat(hoards.held).isEqualTo(9);

        later.wants(1);
        loop.run();

        assertThat(later.held).isEqualTo(1);
    }

    @Test
    void givesAllOfTheConcurrencyToOneThatIsAlone() {
        Thirsty alone = Thirsty.slow(throttle(null, 10), loop, 100).wants(100);
        loop.run();

        assertThat(alone.held).isEqualTo(10);
    }

    @Test
    void keepsPlacesOnlyInOneHalf() {
        TypeThrottle throttle = throttle(null, 4);
        IntStream.range(0, 9).forEach(_ -> Thirsty.slow(throttle, loop, 9));
        Thirsty wants = Thirsty.slow(throttle, loop, 100).wants(100);
        loop.run();

        assertThat(wants.held).isEqualTo(2);
    }

    @Test
    void startsSlowlyWhereAGroupCatchesUpAndDoublesWhileItConfirms() {
        TypeThrottle throttle = throttle(160, null);
        Thirsty catchesUp = Thirsty.quick(throttle, loop).since(3_600).wants(MILLION);

        int[] inSteps = new int[6];
        for (int i = 0; i < inSteps.length; i++) {
            int before = catchesUp.delivered;
            loop.advance(Duration.ofSeconds(2));
            inSteps[i] = catchesUp.delivered - before;
        }

        assertThat(inSteps[0]).isBetween(18, 24);
        assertThat(inSteps[1]).isBetween(36, 46);
        assertThat(inSteps[2]).isBetween(74, 88);
        assertThat(inSteps[3]).isBetween(150, 180);
        assertThat(inSteps[4]).isBetween(300, 340);
        assertThat(inSteps[5]).isBetween(315, 325);
    }

    @Test
    void doesNotRiseWhileNothingIsConfirmed() {
        TypeThrottle throttle = throttle(160, 100);
        Thirsty stalls = Thirsty.slow(throttle, loop, 1_000).since(3_600).wants(MILLION);

        loop.advance(Duration.ofSeconds(20));

        assertThat(stalls.held).isEqualTo(100 / 16);
        assertThat(throttle.throttled(stalls.claim).divisor()).isEqualTo(16);
    }

    @Test
    void deliversWhatIsNewAtTheFullRateAtOnce() {
        TypeThrottle throttle = throttle(160, null);
        Thirsty tails = Thirsty.quick(throttle, loop).wants(MILLION);

        loop.advance(Duration.ofSeconds(2));

        assertThat(tails.delivered).isBetween(318, 340);
    }

    @Test
    void doesNotStartSlowlyAgainWhileItIsBehindOnlyBecauseOthersAre() {
        TypeThrottle throttle = throttle(160, null);
        Thirsty tails = Thirsty.quick(throttle, loop).wants(MILLION);
        loop.advance(Duration.ofSeconds(60));
        int before = tails.delivered;

        loop.advance(Duration.ofSeconds(2));

        assertThat(tails.delivered - before).isBetween(318, 322);
    }

    @Test
    void startsSlowlyAgainAfterAnOutage() {
        TypeThrottle throttle = throttle(160, null);
        Thirsty group = Thirsty.quick(throttle, loop).wants(10);
        loop.advance(Duration.ofSeconds(60));
        int before = group.delivered;

        group.since(30).wants(MILLION);
        loop.advance(Duration.ofSeconds(1));

        assertThat(group.delivered - before).isBetween(9, 12);
    }

    @Test
    void slowsDownWhereDeliveriesFailAndRisesAgain() {
        TypeThrottle throttle = throttle(160, 80);
        Thirsty fails = Thirsty.slow(throttle, loop, 10).wants(MILLION);
        loop.run();

        fails.fail(10);
        loop.run();

        assertThat(throttle.throttled(fails.claim).divisor()).isEqualTo(2);
        for (int i = 0; i < 30; i++) {
            loop.advance(Duration.ofMillis(100));
            fails.confirm(fails.held);
        }
        loop.run();
        assertThat(throttle.throttled(fails.claim).divisor()).isEqualTo(1);
    }

    @Test
    void takesRaisedLoweredAndLiftedLimitsAtOnce() {
        TypeThrottle throttle = throttle(null, 10);
        Thirsty group = Thirsty.slow(throttle, loop, 1_000).wants(500);
        loop.run();

        throttle.limit(new DeliveryLimits(null, 30));
        loop.run();
        assertThat(group.held).isEqualTo(30);

        throttle.limit(new DeliveryLimits(null, 5));
        group.confirm(20);
        loop.run();
        assertThat(group.held).isEqualTo(10);
        group.confirm(6);
        loop.run();
        assertThat(group.held).isEqualTo(5);

        throttle.limit(DeliveryLimits.NONE);
        loop.run();
        assertThat(group.held).isEqualTo(500 - 26);
    }

    @Test
    void takesANewRateAtOnceAlsoForThoseThatWait() {
        TypeThrottle throttle = throttle(1, null);
        Thirsty group = Thirsty.quick(throttle, loop).wants(MILLION);
        loop.advance(Duration.ofSeconds(5));

        throttle.limit(new DeliveryLimits(1_000, null));
        int before = group.delivered;
        loop.advance(Duration.ofSeconds(1));

        assertThat(group.delivered - before).isBetween(990, 1_110);
    }

    @Test
    void goesByTheConcurrencyAloneOnceTheRateIsLifted() {
        TypeThrottle throttle = throttle(1, 100);
        Thirsty group = Thirsty.slow(throttle, loop, 1_000).wants(500);
        loop.run();

        throttle.limit(new DeliveryLimits(null, 100));
        loop.run();

        assertThat(group.held).isEqualTo(100);
    }

    @Test
    void letsOthersPastOneThatStartsSlowly() {
        TypeThrottle throttle = throttle(160, null);
        Thirsty slowly = Thirsty.quick(throttle, loop).since(3_600).wants(MILLION);
        Thirsty tails = Thirsty.quick(throttle, loop).wants(MILLION);

        loop.advance(Duration.ofSeconds(1));

        assertThat(slowly.delivered).isBetween(9, 12);
        assertThat(tails.delivered).isBetween(140, 170);
    }

    @Test
    void givesBackWhatAGroupHeldThatCloses() {
        TypeThrottle throttle = throttle(null, 10);
        Thirsty closes = Thirsty.slow(throttle, loop, 100).wants(100);
        loop.run();
        Thirsty stays = Thirsty.slow(throttle, loop, 100).wants(100);
        loop.run();

        closes.claim.close();
        loop.run();
        closes.claim.leave();
        closes.claim.undo();

        assertThat(stays.held).isEqualTo(10);
        assertThat(throttle.load().held()).isEqualTo(10);
    }

    @Test
    void givesWhatIsConfirmedToAnotherThatWaits() {
        TypeThrottle throttle = throttle(null, 10);
        Thirsty holds = Thirsty.slow(throttle, loop, 100).wants(10);
        loop.run();
        Thirsty waits = Thirsty.slow(throttle, loop, 100).wants(100);
        loop.run();
        assertThat(waits.held).isZero();

        holds.claim.leave();
        holds.claim.leave();
        loop.run();

        assertThat(waits.held).isEqualTo(2);
    }

    @Test
    void givesNothingToOneThatWantsNoMore() {
        TypeThrottle throttle = throttle(10, null);
        Thirsty leaves = Thirsty.slow(throttle, loop, 100).wants(100);
        loop.run();
        int delivered = leaves.delivered;

        leaves.claim.waiting(0);
        loop.advance(Duration.ofSeconds(5));

        assertThat(throttle.load().delivered()).isEqualTo(delivered);
        assertThat(throttle.load().held()).isEqualTo(leaves.held);
        assertThat(throttle.load().waiting()).isZero();
    }

    @Test
    void keepsNoPlaceForAGroupThatHasClosed() {
        TypeThrottle throttle = throttle(null, 4);
        for (int i = 0; i < 3; i++) {
            Thirsty.slow(throttle, loop, 9).claim.close();
        }
        Thirsty wants = Thirsty.slow(throttle, loop, 100).wants(100);
        loop.run();

        assertThat(wants.held).isEqualTo(4);
    }

    /// It did not choose to be given nothing for so long.
    @Test
    void doesNotStartSlowlyAgainWhileItWaitsForOthers() {
        TypeThrottle throttle = throttle(null, 1);
        Thirsty first = Thirsty.slow(throttle, loop, 1).wants(1);
        loop.run();
        Thirsty waits = Thirsty.slow(throttle, loop, 1).wants(5);
        loop.run();
        loop.advance(Duration.ofSeconds(30));
        waits.wants(1);
        loop.run();

        first.confirm(1);
        loop.run();

        assertThat(waits.held).isOne();
        assertThat(throttle.throttled(waits.claim).divisor()).isOne();
    }

    @Test
    void countsADeliveryThatNeverHappenedAsNone() {
        TypeThrottle throttle = throttle(10, null);
        Thirsty group = Thirsty.slow(throttle, loop, 1).wants(1);
        loop.run();

        group.rollBack();
        loop.run();

        assertThat(group.delivered).isEqualTo(1);
        assertThat(throttle.load().delivered()).isEqualTo(1);
        assertThat(throttle.load().held()).isEqualTo(1);
    }

    @Test
    void tellsInWordsHowAGroupIsThrottled() {
        TypeThrottle throttle = throttle(20, 8);
        Thirsty group = Thirsty.slow(throttle, loop, 100).since(60).wants(17);
        loop.run();

        assertThat(throttle.throttled(group.claim))
                .hasToString("throttled by type Org.Sys.Thing.Done: 0/s of 20/s used, 1 of 8 unconfirmed,"
                        + " starts slowly with 1/16 of that, 16 waiting");
    }

    private TypeThrottle throttle(Integer rate, Integer concurrency) {
        return Throttling.of(TYPE, new DeliveryLimits(rate, concurrency), loop.clock());
    }
}
