package dev.tidings.broker.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.model.ClientName;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LoopThreadTest {
    private final LoopThread loop = new LoopThread(Thread.ofPlatform().daemon().factory());

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void runsTasksInOrderOnOneThread() {
        ConcurrentLinkedQueue<Integer> ran = new ConcurrentLinkedQueue<>();
        CompletableFuture<Thread> last = new CompletableFuture<>();

        for (int i = 0; i < 1000; i++) {
            int number = i;
            loop.execute(() -> ran.add(number));
        }
        loop.execute(() -> last.complete(Thread.currentThread()));

        assertThat(last.join()).isNotSameAs(Thread.currentThread());
        assertThat(List.copyOf(ran)).hasSize(1000).isSorted();
    }

    @Test
    void goesOnAfterATaskThatFails() {
        CompletableFuture<String> next = new CompletableFuture<>();

        loop.execute(() -> {
            throw new IllegalStateException("on purpose");
        });
        loop.execute(() -> next.complete("ran"));

        assertThat(next.join()).isEqualTo("ran");
    }

    @Test
    void firesTimersByTimeAndNotThoseCancelled() {
        ConcurrentLinkedQueue<String> fired = new ConcurrentLinkedQueue<>();
        CompletableFuture<Void> last = new CompletableFuture<>();

        loop.after(Duration.ofMillis(20), () -> {
            fired.add("later");
            last.complete(null);
        });
        Loop.Timer cancelled = loop.after(Duration.ofMillis(10), () -> fired.add("cancelled"));
        loop.after(Duration.ofMillis(1), () -> fired.add("sooner"));
        cancelled.cancel();

        last.join();
        assertThat(fired).containsExactly("sooner", "later");
    }

    @Test
    void firesWhatIsDueAtOnceWhenTheClockLeaps() {
        AtomicLong leap = new AtomicLong();
        CompletableFuture<Void> fired = new CompletableFuture<>();
        try (LoopThread leaping =
                new LoopThread(Thread.ofPlatform().daemon().factory(), () -> System.nanoTime() + leap.get())) {
            leaping.after(Duration.ofDays(30), () -> fired.complete(null));

            leap.addAndGet(Duration.ofDays(31).toNanos());
            leaping.catchUp();

            fired.join();
        }
    }

    @Test
    void runsWhatIsQueuedBeforeItCloses() {
        ConcurrentLinkedQueue<Integer> ran = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < 100; i++) {
            int number = i;
            loop.execute(() -> ran.add(number));
        }

        loop.close();

        assertThat(ran).hasSize(100);
    }

    @Test
    void keepsAClientOnOneLoop() {
        try (LoopThreads loops = new LoopThreads(4, Thread.ofPlatform().daemon().factory())) {
            List<Loop> found = List.of(loops.of(new ClientName("a")), loops.of(new ClientName("a")));

            assertThat(found.get(0)).isSameAs(found.get(1));
        }
    }
}
