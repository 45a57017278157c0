package dev.tidings.client.listening;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.model.Bytes;
import dev.tidings.wire.Received;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PolledConnectionTest {
    private final List<String> told = new ArrayList<>();
    private final ScriptedInstance instance = new ScriptedInstance();

    @Test
    void handsOnWhatComesAndPollsAgain() {
        open(false);
        instance.answer(event(1, "a"), event(2, "b"));
        instance.answer();

        assertThat(told).containsExactly("opened", "arrived a", "arrived b");
        assertThat(instance.polls).hasSize(3);
    }

    @Test
    void confirmsAndReportsOneAfterTheOther() {
        PolledConnection connection = open(false);
        instance.answer(event(1, "a"), event(2, "b"), event(3, "c"));

        connection.settling().dead(1, "why");
        connection.settling().done(2);
        connection.settling().done(3);
        assertThat(instance.asked).containsExactly("dead why");
        instance.said(0);
        assertThat(instance.asked).containsExactly("dead why", "confirm 1");
        instance.said(1);

        assertThat(instance.asked).containsExactly("dead why", "confirm 1", "confirm 3");
    }

    @Test
    void givesAnEventBackBeforeItConfirmsBeyondIt() {
        PolledConnection connection = open(false);
        instance.answer(event(1, "a"), event(2, "b"));

        connection.settling().release(1, Duration.ofSeconds(30));
        connection.settling().done(2);
        instance.said(0);
        instance.said(1);

        assertThat(instance.asked).containsExactly("release 1 PT30S", "confirm 1", "confirm 2");
    }

    @Test
    void isLostWhereAPollFailsAndLeavesItsEventsToOthers() {
        open(false);

        instance.polls.getFirst().completeExceptionally(new IllegalStateException("the broker answered 404: gone"));

        assertThat(told).containsExactly("opened", "lost: the broker answered 404: gone");
        assertThat(instance.asked).containsExactly("end, renounced: false");
        assertThat(instance.polls).hasSize(1);
    }

    @Test
    void isLostOnceWhereAConfirmationFails() {
        PolledConnection connection = open(false);
        instance.answer(event(1, "a"));
        connection.settling().done(1);

        instance.sent.getFirst().completeExceptionally(new IllegalStateException("no"));
        instance.answer(event(2, "b"));

        assertThat(told).hasSize(3).last().asString().startsWith("lost: nothing can be sent");
        assertThat(connection.settling().isOver()).isTrue();
    }

    @Test
    void neverCameAboutWhereItIsRefused() {
        PolledConnection connection = new PolledConnection(new Told(), () -> 0, false);

        connection.over(CompletableFuture.failedFuture(new IllegalStateException("the broker answered 401: no")));

        assertThat(told).containsExactly("lost: the broker answered 401: no");
    }

    @Test
    void saysGoodbyeBehindWhatIsStillToBeSaid() {
        PolledConnection connection = open(false);
        instance.answer(event(1, "a"));
        connection.settling().done(1);

        var goodbye = connection.settling().goodbye();
        assertThat(instance.asked).containsExactly("confirm 1");
        instance.said(0);
        assertThat(instance.asked).containsExactly("confirm 1", "end, renounced: true");
        assertThat(goodbye).isNotDone();
        instance.said(1);

        assertThat(goodbye).isDone();
        assertThat(connection.settling().isOver()).isTrue();
    }

    @Test
    void confirmsBeforeTheGoodbyeWhatWasDoneWhileAnotherConfirmationWasUnderWay() {
        PolledConnection connection = open(true);
        instance.answer(event(1, "a"), event(2, "b"));
        connection.settling().done(1);
        connection.settling().done(2);

        var _ = connection.settling().goodbye();
        instance.said(0);
        instance.said(1);

        assertThat(instance.asked).containsExactly("confirm 1", "confirm 2", "end, renounced: false");
    }

    @Test
    void leavesItsEventsToAProcessThatReturns() {
        var _ = open(true).settling().goodbye();

        assertThat(instance.asked).containsExactly("end, renounced: false");
    }

    @Test
    void endsAnInstanceThatComesTooLate() {
        PolledConnection connection = new PolledConnection(new Told(), () -> 0, false);
        CompletableFuture<Polled> opening = new CompletableFuture<>();
        connection.over(opening);
        connection.failed("nobody waits for it");

        opening.complete(instance);

        assertThat(told).containsExactly("lost: nobody waits for it");
        assertThat(instance.asked).containsExactly("end, renounced: false");
        assertThat(instance.polls).isEmpty();
    }

    private PolledConnection open(boolean returns) {
        PolledConnection connection = new PolledConnection(new Told(), () -> 0, returns);
        connection.over(CompletableFuture.completedFuture(instance));
        return connection;
    }

    private static Received event(long offset, String id) {
        return Received.parse(Bytes.utf8("{\"offset\":\"%d\",\"id\":\"%s\"}".formatted(offset, id)))
                .orElseThrow();
    }

    private final class Told implements Connection.Events {
        @Override
        public void opened() {
            told.add("opened");
        }

        @Override
        public void arrived(Connection from, Received event) {
            told.add("arrived " + event.attributes().get("id"));
        }

        @Override
        public void lost(Connection gone, String why) {
            told.add("lost: " + why);
        }
    }

    /// An instance that answers when the test says so.
    private static final class ScriptedInstance implements Polled {
        private final List<CompletableFuture<List<Received>>> polls = new ArrayList<>();
        private final List<String> asked = new ArrayList<>();
        private final List<CompletableFuture<Void>> sent = new ArrayList<>();

        void answer(Received... events) {
            polls.getLast().complete(List.of(events));
        }

        void said(int index) {
            sent.get(index).complete(null);
        }

        @Override
        public CompletableFuture<List<Received>> next() {
            polls.add(new CompletableFuture<>());
            return polls.getLast();
        }

        @Override
        public CompletableFuture<?> confirm(long upTo) {
            return asked("confirm " + upTo);
        }

        @Override
        public CompletableFuture<?> dead(String report) {
            return asked("dead " + report);
        }

        @Override
        public CompletableFuture<?> release(long offset, @Nullable Duration delay) {
            return asked("release " + offset + " " + delay);
        }

        @Override
        public CompletableFuture<?> end(boolean renounced) {
            return asked("end, renounced: " + renounced);
        }

        private CompletableFuture<?> asked(String what) {
            asked.add(what);
            sent.add(new CompletableFuture<>());
            return sent.getLast();
        }
    }
}
