package dev.tidings.client.listening;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LinesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final CompletionStage<Optional<Duration>> DONE = CompletableFuture.completedFuture(Optional.empty());

    private final Lines lines = new Lines("test", 4);

    @AfterEach
    void close() {
        lines.close(PATIENCE);
    }

    @Test
    void doesTheWorkOfAKeyInOrderOneAfterTheOther() throws InterruptedException {
        Map<String, List<Integer>> done = new ConcurrentHashMap<>();
        Map<String, AtomicInteger> inside = Map.of("k0", new AtomicInteger(), "k1", new AtomicInteger());
        AtomicInteger mostInside = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(2_000);
        for (int i = 0; i < 2_000; i++) {
            String key = "k" + i % 2;
            int number = i;
            lines.add(key, () -> {
                mostInside.accumulateAndGet(inside.get(key).incrementAndGet(), Math::max);
                done.computeIfAbsent(key, _ -> new ArrayList<>()).add(number);
                inside.get(key).decrementAndGet();
                all.countDown();
                return DONE;
            });
        }
        all.await();

        for (int key = 0; key < 2; key++) {
            int first = key;
            assertThat(done.get("k" + key))
                    .isEqualTo(IntStream.range(0, 1_000)
                            .mapToObj(i -> first + 2 * i)
                            .toList());
        }
        assertThat(mostInside).hasValue(1);
    }

    @Test
    void doesTheWorkOfDifferentKeysAndOfNoneAtTheSameTime() throws Exception {
        CyclicBarrier meeting = new CyclicBarrier(5);
        for (String key : new String[] {"a", "b", null, null}) {
            lines.add(key, () -> meet(meeting));
        }

        meeting.await();
    }

    @Test
    void keepsTheKeyOfWorkThatIsTriedAgainButNoThread() throws InterruptedException {
        List<String> done = new CopyOnWriteArrayList<>();
        CountDownLatch all = new CountDownLatch(14);
        for (int i = 0; i < 6; i++) {
            String key = "k" + i;
            AtomicInteger attempts = new AtomicInteger();
            lines.add(key, () -> {
                done.add(key);
                all.countDown();
                return CompletableFuture.completedFuture(
                        attempts.incrementAndGet() < 2 ? Optional.of(Duration.ofMillis(50)) : Optional.empty());
            });
        }
        for (String key : List.of("k0", "k1")) {
            lines.add(key, () -> {
                done.add("then " + key);
                all.countDown();
                return DONE;
            });
        }
        all.await();

        assertThat(done.subList(0, 6)).containsExactlyInAnyOrder("k0", "k1", "k2", "k3", "k4", "k5");
        assertThat(done.indexOf("then k0")).isGreaterThan(done.lastIndexOf("k0"));
        assertThat(done.indexOf("then k1")).isGreaterThan(done.lastIndexOf("k1"));
    }

    @Test
    void waitsForWhatIsBeingDoneAndBeginsNothingMore() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        List<String> done = new CopyOnWriteArrayList<>();
        lines.add("k", () -> {
            begun.countDown();
            await(goOn);
            done.add("first");
            return DONE;
        });
        lines.add("k", () -> {
            done.add("second");
            return DONE;
        });
        begun.await();

        assertThat(lines.close(Duration.ofMillis(10))).isFalse();
        goOn.countDown();
        assertThat(lines.close(PATIENCE)).isTrue();

        assertThat(done).containsExactly("first");
    }

    @Test
    void keepsTheKeyOfWorkThatOthersEndButNoThread() throws Exception {
        List<CompletableFuture<Optional<Duration>>> ends = new CopyOnWriteArrayList<>();
        CountDownLatch begun = new CountDownLatch(10);
        CountDownLatch second = new CountDownLatch(1);
        for (int i = 0; i < 10; i++) {
            lines.add("k" + i, () -> {
                CompletableFuture<Optional<Duration>> end = new CompletableFuture<>();
                ends.add(end);
                begun.countDown();
                return end;
            });
        }
        begun.await();
        lines.add("k0", () -> {
            second.countDown();
            return DONE;
        });
        assertThat(lines.close(Duration.ofMillis(10))).isFalse();
        assertThat(second.getCount()).isOne();

        ends.forEach(end -> end.complete(Optional.empty()));

        assertThat(lines.close(PATIENCE)).isTrue();
    }

    private static CompletionStage<Optional<Duration>> meet(CyclicBarrier meeting) {
        try {
            meeting.await();
            return DONE;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
