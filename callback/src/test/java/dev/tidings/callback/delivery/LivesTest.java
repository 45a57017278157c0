package dev.tidings.callback.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.subscriptions.Subscription;
import dev.tidings.broker.subscriptions.Subscription.State;
import dev.tidings.callback.sink.Outcome;
import dev.tidings.callback.sink.Outcome.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// Random lives of a subscription: whatever its sink answers and whenever the broker crashes, nothing is lost, and no
/// event overtakes another of its key.
class LivesTest {
    private static final List<String> KEYS = List.of("k", "l", "m");

    @Property(tries = 300)
    void loseNothingAndOvertakeNothing(@ForAll @Size(max = 120) List<@IntRange(max = 9_999) Integer> steps) {
        live(new Subscribing().anywhere(), steps);
    }

    @Property(tries = 200)
    void loseNothingAndOvertakeNothingInBatches(@ForAll @Size(max = 120) List<@IntRange(max = 9_999) Integer> steps) {
        live(new Subscribing().inBatches().anywhere(), steps);
    }

    private static void live(Subscription subscription, List<Integer> steps) {
        Shop shop = new Shop();
        List<String> confirmed = new ArrayList<>();
        Subscription now = shop.subscribe(subscription);
        int published = 0;
        for (int step : steps) {
            switch (step % 11) {
                case 0, 1, 2 -> {
                    String key = KEYS.get(step / 10 % KEYS.size());
                    boolean elsewhere = step / 30 % 2 == 1;
                    shop.publishAs(
                            elsewhere ? Shop.ELSEWHERE : Shop.TYPE,
                            key,
                            key + (elsewhere ? "e" : "t") + (1000 + published++));
                }
                case 3, 4, 5 -> answer(shop, step / 10, ScriptedSink.status(204), confirmed);
                case 6 -> answer(shop, step / 10, failure(step / 100), confirmed);
                case 7 -> shop.advance(Duration.ofSeconds(step / 100));
                case 8 -> shop.crash();
                case 9 -> shop.crowd(step / 1_000);
                default -> {
                    Subscription paused = shop.change(Subscribing.in(now, State.PAUSED));
                    now = shop.change(Subscribing.in(paused, State.ACTIVE));
                }
            }
        }
        shop.sink.answering(request -> confirmed(request, ScriptedSink.status(204), confirmed));
        shop.advance(Duration.ofHours(13));

        assertThat(confirmed.stream().distinct()).hasSize(published);
        assertThat(shop.unsettled(subscription)).isZero();
        for (String key : KEYS) {
            for (String stream : List.of("t", "e")) {
                assertThat(confirmed.stream()
                                .filter(id -> id.startsWith(key + stream))
                                .distinct())
                        .isSorted();
            }
        }
    }

    private static void answer(Shop shop, int which, Outcome outcome, List<String> confirmed) {
        List<String> waiting = shop.sink.waiting();
        if (!waiting.isEmpty()) {
            String request = waiting.get(which % waiting.size());
            shop.answer(request, confirmed(request, outcome, confirmed));
        }
    }

    private static Outcome failure(int kind) {
        return switch (kind % 4) {
            case 0 -> ScriptedSink.status(500);
            case 1 -> ScriptedSink.retryAfter(429, "30");
            case 2 -> ScriptedSink.status(302);
            default -> new Outcome.Failed(Failure.TIMEOUT, "was slow");
        };
    }

    private static Outcome confirmed(String request, Outcome outcome, List<String> confirmed) {
        if (outcome.equals(ScriptedSink.status(204))) {
            confirmed.addAll(List.of(request.split("\\+")));
        }
        return outcome;
    }
}
