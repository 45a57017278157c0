package dev.tidings.client.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.client.EventHandler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MemoryInboxTest {
    private final List<String> handled = new CopyOnWriteArrayList<>();
    private final EventHandler once = new MemoryInbox(2).once(event -> handled.add(event.getId()));

    @Test
    void handlesWhatComesAgainNotAgain() throws Exception {
        once.handle(Events.event("a"));
        once.handle(Events.event("a"));
        once.handle(Events.event("b"));

        assertThat(handled).containsExactly("a", "b");
    }

    @Test
    void tellsEventsOfDifferentSourcesApart() throws Exception {
        once.handle(Events.event("a"));
        once.handle(Events.event("a", "/other"));

        assertThat(handled).containsExactly("a", "a");
    }

    @Test
    void handlesAgainWhatFailed() throws Exception {
        boolean[] fails = {true};
        EventHandler failing = new MemoryInbox(2).once(event -> {
            if (fails[0]) {
                throw new IllegalStateException("not now");
            }
            handled.add(event.getId());
        });

        assertThatThrownBy(() -> failing.handle(Events.event("a"))).hasMessage("not now");
        fails[0] = false;
        failing.handle(Events.event("a"));

        assertThat(handled).containsExactly("a");
    }

    @Test
    void forgetsTheOldest() throws Exception {
        for (String id : List.of("a", "b", "c", "b", "a")) {
            once.handle(Events.event(id));
        }

        assertThat(handled).containsExactly("a", "b", "c", "a");
    }

    @Test
    void doesNotTakeForHandledWhatIsBeingHandledAndFails() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        EventHandler handler = new MemoryInbox(2).once(event -> {
            if (begun.getCount() > 0) {
                begun.countDown();
                goOn.await();
                throw new IllegalStateException("the first fails");
            }
            handled.add("the second");
        });
        CompletableFuture<Void> first = CompletableFuture.runAsync(() -> attempt(handler));
        begun.await();
        Thread second = Thread.ofPlatform().start(() -> attempt(handler));
        while (second.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        goOn.countDown();
        second.join();

        assertThat(first).completesExceptionallyWithin(Duration.ofSeconds(30));
        assertThat(handled).containsExactly("the second");
    }

    private static void attempt(EventHandler handler) {
        try {
            handler.handle(Events.event("a"));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
