package dev.tidings.callback.delivery;

import static dev.tidings.callback.delivery.ScriptedSink.permission;
import static dev.tidings.callback.delivery.ScriptedSink.retryAfter;
import static dev.tidings.callback.delivery.ScriptedSink.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.subscriptions.Subscription;
import dev.tidings.callback.sink.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PermissionTest {
    private static final Outcome OK = status(204);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private final Shop shop = new Shop();

    @Test
    void asksTheSinkBeforeItGetsAnything() {
        Subscription subscription = shop.subscribe(new Subscribing().asking().anywhere());
        assertThat(shop.sink.news()).containsExactly("OPTIONS");
        shop.publish(null, "a");
        assertThat(shop.sink.news()).isEmpty();

        shop.answer("OPTIONS", permission("120"));

        assertThat(shop.sink.news()).containsExactly("a");
        assertThat(shop.status(subscription).allowedRate()).isEqualTo(120);
        assertThat(shop.sink.whole)
                .allSatisfy(request -> assertThat(request.headers())
                        .anyMatch(header -> header.name().equals("WebHook-Request-Origin")
                                && header.value().equals("hub.example")));
    }

    @Test
    void asksAgainWhereTheSinkDidNotAgree() {
        Subscription subscription = shop.subscribe(new Subscribing().asking().anywhere());
        shop.publish(null, "a");

        shop.answer("OPTIONS", status(200));
        assertThat(shop.status(subscription).lastFailure().reason()).contains("WebHook-Allowed-Origin");
        shop.advance(Duration.ofSeconds(5));
        assertThat(shop.sink.news()).containsExactly("OPTIONS", "OPTIONS");
        shop.answer("OPTIONS", permission(null));

        assertThat(shop.sink.news()).containsExactly("a");
        assertThat(shop.dead()).isEmpty();
    }

    @Test
    void asksNoSoonerThanTheSinkWants() {
        shop.subscribe(new Subscribing().asking().anywhere());

        shop.answer("OPTIONS", retryAfter(429, "120"));
        shop.publish(null, "a");
        shop.advance(Duration.ofSeconds(60));
        shop.crash();
        shop.advance(Duration.ofSeconds(59));
        assertThat(shop.sink.news()).containsExactly("OPTIONS");

        shop.advance(Duration.ofSeconds(1));
        assertThat(shop.sink.news()).containsExactly("OPTIONS");
    }

    @Test
    void asksAgainAfterADay() {
        shop.subscribe(new Subscribing().asking().anywhere());
        shop.sink.answering(request -> request.equals("OPTIONS") ? permission("*") : OK);
        shop.publish(null, "a");
        shop.advance(Duration.ofHours(23));
        shop.publish(null, "b");
        assertThat(shop.sink.news()).containsExactly("OPTIONS", "a", "b");

        shop.advance(Duration.ofHours(1));
        shop.publish(null, "c");

        assertThat(shop.sink.news()).containsExactly("OPTIONS", "c");
    }

    @Test
    void keepsToTheRateThatTheSinkAllows() {
        shop.subscribe(new Subscribing().asking().at(100).anywhere());
        shop.sink.answering(request -> request.equals("OPTIONS") ? permission("6") : OK);
        shop.publish(null, "a", "b", "c", "d", "e", "f", "g", "h");

        shop.advance(MINUTE);

        assertThat(shop.sink.news())
                .as("one at once, and one every ten seconds")
                .hasSize(1 + 7);
    }

    @Test
    void keepsToTheRateThatTheSubscriptionAsksFor() {
        shop.subscribe(new Subscribing().at(2).anywhere());
        shop.sink.answering(_ -> OK);

        shop.publish(null, "a", "b", "c", "d", "e", "f", "g", "h", "i");
        assertThat(shop.sink.news()).containsExactly("a", "b");
        shop.advance(Duration.ofSeconds(1));

        assertThat(shop.sink.news()).containsExactly("c", "d");
    }
}
