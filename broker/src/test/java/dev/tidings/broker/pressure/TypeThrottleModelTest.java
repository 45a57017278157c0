package dev.tidings.broker.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.catalog.DeliveryLimits;
import dev.tidings.broker.loop.ManualLoop;
import dev.tidings.model.EventType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Whatever groups do, the limits hold, nobody starves, and nothing leaks.
class TypeThrottleModelTest {
    private static final EventType TYPE = new EventType("Org.Sys.Thing.Done");
    private static final int MOST_GROUPS = 6;

    @Property(tries = 300)
    void holdsTheLimitsServesAllAndLeaksNothing(@ForAll long seed) {
        Random random = new Random(seed);
        ManualLoop loop = new ManualLoop();
        int concurrency = 1 + random.nextInt(12);
        Integer rate = random.nextBoolean() ? null : 1 + random.nextInt(500);
        TypeThrottle throttle = Throttling.of(TYPE, new DeliveryLimits(rate, concurrency), loop.clock());
        List<Thirsty> groups = new ArrayList<>();

        for (int step = 0; step < 400; step++) {
            act(random, groups, throttle, loop);
            loop.run();
            int held = groups.stream().mapToInt(group -> group.held).sum();
            assertThat(held).isLessThanOrEqualTo(concurrency);
            assertThat(throttle.load().held()).isBetween(held, concurrency);
        }

        settleAll(groups, loop);
        assertThat(throttle.load().held()).isZero();
        assertThat(throttle.load().waiting()).isZero();
        assertThat(groups).allSatisfy(group -> assertThat(group.backlog).isZero());
    }

    private static void act(Random random, List<Thirsty> groups, TypeThrottle throttle, ManualLoop loop) {
        if (groups.size() < MOST_GROUPS && (groups.isEmpty() || random.nextInt(20) == 0)) {
            groups.add(Thirsty.slow(throttle, loop, 1 + random.nextInt(8)).since(random.nextInt(60)));
            return;
        }
        Thirsty group = groups.get(random.nextInt(groups.size()));
        switch (random.nextInt(9)) {
            case 0, 1, 2 -> group.wants(random.nextInt(5));
            case 3, 4 -> group.confirm(random.nextInt(group.held + 1));
            case 5 -> group.fail(random.nextInt(group.held + 1));
            case 6 -> {
                if (group.held > 0) {
                    group.rollBack();
                }
            }
            case 7 -> loop.advance(Duration.ofMillis(random.nextInt(3_000)));
            default -> {
                if (random.nextInt(10) == 0) {
                    groups.remove(group);
                    group.claim.close();
                }
            }
        }
    }

    /// Confirms everything until nothing is left; nobody may be left waiting for ever.
    private static void settleAll(List<Thirsty> groups, ManualLoop loop) {
        for (int i = 0; i < 2_000 && groups.stream().anyMatch(group -> group.held + group.backlog > 0); i++) {
            groups.forEach(group -> group.confirm(group.held));
            loop.advance(Duration.ofSeconds(1));
        }
    }

    @Property(tries = 5)
    void leaksNothingWhereManyThreadsTakeAndGiveBack(@ForAll long seed) {
        ManualLoop loop = new ManualLoop();
        TypeThrottle throttle = Throttling.of(TYPE, new DeliveryLimits(null, 7), loop.clock());
        List<CompletableFuture<Void>> threads = new ArrayList<>();

        for (int thread = 0; thread < 4; thread++) {
            Random random = new Random(seed + thread);
            threads.add(CompletableFuture.runAsync(() -> takeAndGiveBack(throttle, loop, random)));
        }
        CompletableFuture.allOf(threads.toArray(CompletableFuture[]::new)).join();

        assertThat(throttle.load().held()).isZero();
        assertThat(throttle.load().waiting()).isZero();
    }

    private static void takeAndGiveBack(TypeThrottle throttle, ManualLoop loop, Random random) {
        Claim claim = throttle.open(new Claim.Owner(loop, () -> {}));
        int held = 0;
        for (int i = 0; i < 5_000; i++) {
            if (random.nextBoolean() && claim.pass(loop.clock().millis())) {
                held++;
                assertThat(throttle.load().held()).isBetween(1, 7);
            } else if (held > 0) {
                held--;
                switch (random.nextInt(3)) {
                    case 0 -> claim.leave();
                    case 1 -> claim.fail();
                    default -> claim.undo();
                }
            }
            claim.waiting(random.nextInt(3));
        }
        if (random.nextBoolean()) {
            for (int i = 0; i < held; i++) {
                claim.leave();
            }
            claim.waiting(0);
        }
        claim.close();
    }
}
