package dev.tidings.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.client.RefusedException;
import dev.tidings.client.Tidings;
import dev.tidings.client.UnavailableException;
import dev.tidings.client.backoff.BackOff;
import dev.tidings.client.streams.BatchHandler;
import dev.tidings.client.streams.PositionGoneException;
import dev.tidings.client.streams.Reading;
import dev.tidings.client.streams.StreamBatch;
import io.cloudevents.CloudEvent;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class StreamFollowerTest {
    private static final Reading READING = Reading.of("Shop.Web").max(7);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> handled = new LinkedBlockingQueue<>();
    private StreamFollower follower;

    private record Asked(Reading reading, CompletableFuture<StreamBatch> answer) {}

    @AfterEach
    void close() {
        follower.close();
    }

    @Test
    void asksAtFirstWithoutWaitingAndThenBehindWhatCame() throws Exception {
        follow(batch -> handled.add(batch.next()));

        Asked first = asked.take();
        assertThat(first.reading).isEqualTo(READING);
        assertThat(follower.position()).isNull();
        first.answer.complete(batch("p1", 2));
        Asked second = asked.take();
        assertThat(second.reading).isEqualTo(READING.after("p1").patience(MINUTE));
        assertThat(follower.position()).isEqualTo("p1");
        assertThat(handled).containsExactly("p1");
    }

    @Test
    void troublesItsHandlerNotWithWhatHoldsNothing() throws Exception {
        follow(batch -> handled.add(batch.next()));

        asked.take().answer.complete(batch("p1", 0));

        assertThat(asked.take().reading).isEqualTo(READING.after("p1").patience(MINUTE));
        assertThat(handled).isEmpty();
    }

    @Test
    void bringsAgainWhatItsHandlerFailedAt() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        follow(batch -> {
            if (calls.incrementAndGet() == 2) {
                throw new IllegalStateException("the cache is full");
            }
        });

        asked.take().answer.complete(batch("p1", 1));
        asked.take().answer.complete(batch("p2", 1));
        Asked again = asked.take();

        assertThat(again.reading).isEqualTo(READING.after("p1").patience(MINUTE));
        assertThat(follower.position()).isEqualTo("p1");
        again.answer.complete(batch("p2", 2));
        assertThat(asked.take().reading).isEqualTo(READING.after("p2").patience(MINUTE));
    }

    @Test
    void goesOnWhereTheBrokerWasAwayOrRefusedWhatItMayGrantLater() throws Exception {
        follow(batch -> {});

        fail(new UnavailableException("away"));
        fail(new RefusedException(401, "not-allowed", "no", List.of()));
        fail(new RefusedException(404, "not-found", "no such stream", List.of()));
        fail(new IllegalStateException("no token"));

        assertThat(asked.take().reading).isEqualTo(READING);
        assertThat(follower.ended()).isNotDone();
    }

    @Test
    void endsWhereRetentionHasOvertakenIt() throws Exception {
        follow(batch -> {});

        fail(new PositionGoneException("too late", "p7"));

        assertThatThrownBy(() -> follower.ended().get(30, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(PositionGoneException.class, gone -> {
                    assertThat(gone.earliest()).isEqualTo("p7");
                    assertThat(gone.status()).isEqualTo(410);
                });
    }

    @Test
    void endsWhereWhatItAsksForIsWrong() throws Exception {
        follow(batch -> {});

        fail(new RefusedException(400, "invalid-filter", "no filter", List.of()));

        assertThatThrownBy(() -> follower.ended().get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(RefusedException.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void endsTheRequestWhenItIsClosed(boolean byItself) throws Exception {
        follow(batch -> follower.close());
        Asked first = asked.take();
        if (byItself) {
            first.answer.complete(batch("p1", 1));
        } else {
            follower.close();
            assertThat(first.answer).isCancelled();
        }

        follower.ended().get(30, TimeUnit.SECONDS);

        assertThat(asked).isEmpty();
    }

    private void follow(BatchHandler handler) {
        follower = new StreamFollower(
                READING,
                handler,
                reading -> {
                    Asked next = new Asked(reading, new CompletableFuture<>());
                    asked.add(next);
                    return next.answer;
                },
                new RemoteStreams.Parts(
                        received -> {
                            throw new AssertionError("nothing is received");
                        },
                        new BackOff(MOMENT, MOMENT, new Random(1)),
                        Duration.ofSeconds(30)));
        follower.start();
    }

    private void fail(RuntimeException failure) throws InterruptedException {
        asked.take().answer.completeExceptionally(new CompletionException(failure));
    }

    private static StreamBatch batch(String next, int events) {
        CloudEvent event = Tidings.inProcess()
                .source(URI.create("/shop"))
                .open()
                .event("Shop.Web.Order.Placed")
                .build();
        return new StreamBatch(java.util.Collections.nCopies(events, event), next, true, "p0", next, 0);
    }
}
