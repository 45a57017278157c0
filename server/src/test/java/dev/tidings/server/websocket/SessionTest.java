package dev.tidings.server.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.consuming.Instance.Settlement;
import dev.tidings.broker.consuming.Opening;
import dev.tidings.broker.consuming.Outlet;
import dev.tidings.broker.consuming.Outlet.Ending;
import dev.tidings.engine.Unavailable;
import dev.tidings.engine.testkit.HandClock;
import dev.tidings.model.Bytes;
import dev.tidings.model.Caller;
import dev.tidings.model.ClientName;
import dev.tidings.model.DataSize;
import dev.tidings.server.fake.FakeInstance;
import dev.tidings.wire.CloudEvents;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTest {
    private static final WebSocketConfig CONFIG = new WebSocketConfig(
            DataSize.ofKibibytes(4), DataSize.ofMebibytes(1), 3, false, 10, WebSocketConfig.Timing.DEFAULT);
    private static final String EVENT = "{\"id\":\"" + "x".repeat(1000) + "\"}";

    private final HandClock clock = new HandClock();
    private final FakePeer peer = new FakePeer();
    private final Queue<Runnable> work = new ArrayDeque<>();
    private final SessionOutlet outlet = new SessionOutlet(Runnable::run);
    private final FakeInstance instance = new FakeInstance(
            new Caller(new ClientName("shop")),
            new Opening("~default", Set.of(), null, null, null, new Opening.Start.Earliest()),
            outlet);
    private final Session session = new Session(
            instance,
            peer,
            Runnable::run,
            new WebSocketParts(CONFIG, new CloudEvents(CloudEvents.Limits.DEFAULT), clock, work::add));

    private void start() {
        outlet.attach(session);
        session.start();
    }

    private void say(String text) {
        session.message(Bytes.utf8(text));
    }

    private List<String> asked() {
        List<String> asked = new ArrayList<>();
        instance.asked.drainTo(asked);
        return asked;
    }

    @Test
    void grantsTheWindowAtFirst() {
        start();

        assertThat(asked()).containsExactly("grant 4096");
    }

    @Test
    void grantsNothingToAConsumerThatDoesNotRead() {
        start();
        for (int i = 0; i < 4; i++) {
            instance.deliver(EVENT);
        }

        assertThat(asked()).containsExactly("grant 4096");
        assertThat(instance.credit).hasValue(4096 - 4L * EVENT.length());
    }

    @Test
    void grantsWhatTheNetworkTookInPiecesOfAQuarter() {
        start();
        instance.deliver("{\"id\":\"1\"}");
        peer.takeAll();
        assertThat(asked()).containsExactly("grant 4096");

        instance.deliver(EVENT, EVENT);
        peer.takeAll();

        assertThat(asked()).containsExactly("grant " + (10 + 2 * EVENT.length()));
        assertThat(instance.credit).hasValue(4096);
    }

    @Test
    void neverHasMoreThanTheWindowOnTheWayHoweverLongItRuns() {
        start();
        for (int round = 0; round < 100; round++) {
            while (instance.credit.get() > 0) {
                instance.deliver(EVENT);
            }
            peer.takeAll();
            assertThat(instance.credit).hasValueLessThanOrEqualTo(4096);
        }

        assertThat(peer.sent).hasSizeGreaterThan(300);
    }

    @Test
    void passesOnOnlyTheHighestConfirmationOfOneRead() {
        start();
        instance.deliver(EVENT, EVENT, EVENT);
        asked();

        say("confirm:1");
        say("confirm:3");
        say("confirm:2");
        session.idle();

        assertThat(asked()).containsExactly("confirm 3");
    }

    @Test
    void confirmsNothingTwice() {
        start();
        instance.deliver(EVENT);
        asked();

        say("confirm:1");
        session.idle();
        say("confirm:1");
        session.idle();

        assertThat(asked()).containsExactly("confirm 1");
        assertThat(peer.closed).isNull();
    }

    @Test
    void holdsConfirmationsBackWhileManyAreUnderWay() {
        instance.settlement = new CompletableFuture<>();
        start();
        for (int i = 1; i <= 20; i++) {
            instance.deliver(EVENT);
            say("confirm:" + i);
            session.idle();
        }
        assertThat(asked()).hasSize(9).endsWith("confirm 8");

        instance.settlement.complete(Settlement.DONE);

        assertThat(asked()).containsExactly("confirm 20");
    }

    @ParameterizedTest
    @CsvSource({"confirm:2, 2", "confirm:999999999999999999, 999999999999999999"})
    void endsWhereAnOffsetIsConfirmedThatWasNeverDelivered(String text, String offset) {
        start();
        instance.deliver(EVENT);
        asked();

        say(text);
        session.idle();

        assertThat(peer.closed).isNotNull();
        assertThat(peer.closed.code()).isEqualTo(1008);
        assertThat(peer.closed.text()).contains(offset, "the last one is 1");
        assertThat(asked()).containsExactly("close");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "confirm", "confirm:", "confirm:x", "confirm:-1", "hello", "dead:", "dead:[]", "dead:{"})
    void endsWhereItIsToldAnythingElse(String text) {
        start();
        instance.deliver(EVENT);

        say(text);

        assertThat(peer.closed).isNotNull();
        assertThat(peer.closed.code()).isEqualTo(1008);
        assertThat(peer.closed.text()).isNotBlank();
    }

    @Test
    void passesOnAReportBehindTheConfirmationsBeforeIt() {
        start();
        instance.deliver(EVENT, EVENT, EVENT);
        asked();

        say("confirm:1");
        say("dead:{\"offset\":\"3\",\"id\":\"x\"}");
        say("confirm:2");
        session.idle();

        assertThat(asked()).containsExactly("confirm 1", "dead 3", "confirm 2");
    }

    @Test
    void passesOnAReleaseBehindTheConfirmationsBeforeIt() {
        start();
        instance.deliver(EVENT, EVENT);
        asked();

        say("confirm:1");
        say("release:2:5s");
        say("release:2");

        assertThat(asked()).containsExactly("confirm 1", "release 2 PT5S", "release 2 null");
    }

    @Test
    void endsWhereItIsToReleaseWhatWasNeverDelivered() {
        start();
        instance.deliver(EVENT);

        say("release:2");

        assertThat(peer.closed.code()).isEqualTo(1008);
        assertThat(peer.closed.text()).contains("offset 2", "the last one is 1");
    }

    @Test
    void stopsReadingWhileManyReportsAreUnderWay() {
        instance.settlement = new CompletableFuture<>();
        start();
        instance.deliver(EVENT, EVENT, EVENT);

        say("dead:{\"offset\":\"1\"}");
        say("dead:{\"offset\":\"2\"}");
        assertThat(peer.paused).isFalse();
        say("dead:{\"offset\":\"3\"}");
        assertThat(peer.paused).isTrue();
        instance.settlement.complete(Settlement.DONE);

        assertThat(peer.paused).isFalse();
    }

    @Test
    void readsALargeReportElsewhereAndNothingElseMeanwhile() {
        start();
        instance.deliver(EVENT);
        asked();

        say("dead:{\"offset\":\"1\",\"data\":\"" + "x".repeat(100_000) + "\"}");
        assertThat(peer.paused).isTrue();
        assertThat(asked()).isEmpty();
        work.remove().run();

        assertThat(asked()).containsExactly("dead 1");
        assertThat(peer.paused).isFalse();
    }

    @Test
    void endsWhereTheStoreFails() {
        instance.settlement = CompletableFuture.failedFuture(
                new Unavailable("the disk is gone", Unavailable.Effect.UNKNOWN, Duration.ofSeconds(5)));
        start();
        instance.deliver(EVENT);

        say("confirm:1");
        session.idle();

        assertThat(peer.closed).isNotNull();
        assertThat(peer.closed.code()).isEqualTo(1011);
    }

    @Test
    void storesWhatWasConfirmedLastWhenThePeerLeaves() {
        start();
        instance.deliver(EVENT, EVENT);
        asked();

        say("confirm:2");
        session.left();
        session.left();

        assertThat(asked()).containsExactly("confirm 2", "close");
        assertThat(peer.closed).isNull();
    }

    @ParameterizedTest
    @CsvSource({"REVOKED, 1008", "DRAINING, 1001", "FAILED, 1011"})
    void saysWhyTheBrokerEndedTheInstance(Ending ending, int code) {
        start();

        instance.outlet.ended(ending);

        assertThat(peer.closed).isNotNull();
        assertThat(peer.closed.code()).isEqualTo(code);
        assertThat(instance.closed).isDone();
    }

    @Test
    void endsAtOnceWhereTheInstanceEndedBeforeTheConnectionWasThere() {
        outlet.ended(Outlet.Ending.REVOKED);

        start();

        assertThat(peer.closed).isNotNull();
        assertThat(asked()).containsExactly("close");
    }

    @Test
    void saysGoodbyeOnDrainOnlyOnceConfirmationsAreStored() {
        instance.stored = new CompletableFuture<>();
        start();
        instance.deliver(EVENT);
        asked();
        say("confirm:1");

        var drained = session.drain();
        assertThat(asked()).containsExactly("confirm 1", "close");
        assertThat(peer.closed).isNull();
        instance.stored.complete(null);

        assertThat(drained.toCompletableFuture()).isDone();
        assertThat(peer.closed).isEqualTo(CloseReason.goingAway());
    }

    @Test
    void sendsNothingAfterItEnded() {
        start();
        say("nonsense");

        instance.deliver(EVENT);
        say("confirm:1");
        session.idle();

        assertThat(peer.sent).isEmpty();
        assertThat(asked()).containsExactly("grant 4096", "close");
    }

    @Test
    void pingsAtEachTickThatFindsNoPingUnderWay() {
        start();
        session.tick();
        session.tick();
        assertThat(peer.pings).isEqualTo(1);

        peer.takeAll();
        session.tick();

        assertThat(peer.pings).isEqualTo(2);
    }

    @Test
    void endsWhereNoPingIsAnswered() {
        start();
        session.tick();
        peer.takeAll();
        clock.advance(Duration.ofSeconds(59));
        session.tick();
        peer.takeAll();
        assertThat(peer.closed).isNull();

        clock.advance(Duration.ofSeconds(1));
        session.tick();

        assertThat(peer.closed).isNotNull();
        assertThat(peer.closed.text()).contains("60 s");
    }

    @Test
    void goesOnWhereThePeerSaysAnything() {
        start();
        for (int i = 0; i < 10; i++) {
            session.tick();
            peer.takeAll();
            clock.advance(Duration.ofSeconds(59));
            session.heard();
        }

        session.tick();
        assertThat(peer.closed).isNull();
    }

    @Test
    void neverEndsForSlownessWhileItsPingWaitsBehindDeliveries() {
        start();
        instance.deliver(EVENT);
        session.tick();
        clock.advance(Duration.ofHours(1));

        session.tick();

        assertThat(peer.closed).isNull();
        assertThat(peer.pings).isEqualTo(1);
    }
}
