package dev.tidings.broker.publishing;

import static dev.tidings.broker.publishing.Shop.PAID;
import static dev.tidings.broker.publishing.Shop.PLACED;
import static dev.tidings.broker.publishing.Shop.READER;
import static dev.tidings.broker.publishing.Shop.SHOP;
import static dev.tidings.broker.publishing.Shop.event;
import static dev.tidings.broker.publishing.Shop.submission;
import static dev.tidings.broker.publishing.Shop.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.catalog.Catalog;
import dev.tidings.broker.catalog.Catalogs;
import dev.tidings.broker.lanes.LaneStreams;
import dev.tidings.broker.payloads.PayloadClaims;
import dev.tidings.broker.quotas.PublishQuotas;
import dev.tidings.broker.quotas.QuotaConfig;
import dev.tidings.engine.Partition;
import dev.tidings.engine.Unavailable;
import dev.tidings.engine.testkit.HandClock;
import dev.tidings.engine.testkit.MemoryEngine;
import dev.tidings.model.ClientName;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Event;
import dev.tidings.model.StreamName;
import dev.tidings.model.Submission;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PublisherTest {
    private static final StreamName STREAM = new StreamName("Shop.Web");

    private final HandClock clock = new HandClock();
    private final MemoryEngine engine = new MemoryEngine(clock);
    private final TurnedCatalogs catalogs = new TurnedCatalogs(Shop.catalog());
    private final Deque<Runnable> heavy = new ArrayDeque<>();
    private final List<String> observed = new ArrayList<>();
    private long nanos;
    private Publisher publisher = publisher(PublishConfig.DEFAULT, heavy::add);

    @Test
    void answersOnlyWhenEverythingIsDurable() {
        engine.appends().shut();

        var answer = publisher.publish(SHOP, submission(event("1", PLACED), event("2", PLACED)));

        assertThat(answer.toCompletableFuture()).isNotDone();
        engine.appends().pass();
        assertThat(answer.toCompletableFuture()).isCompletedWithValue(new Published.Accepted(2, 0));
        assertThat(stored(STREAM)).isEqualTo(2);
    }

    @Test
    void storesNothingOfARefusedRequest() {
        Published answer = publish(submission(event("1", PLACED), event("2", Shop.SENT)));

        assertThat(code(answer)).isEqualTo(ErrorCode.NOT_ALLOWED);
        assertThat(stored(STREAM)).isZero();
        assertThat(observed).containsExactly("refused NOT_ALLOWED");
    }

    @Test
    void acceptsAnEmptyBatchWithoutTroublingTheStore() {
        engine.appends().shut();

        assertThat(publish(submission())).isEqualTo(new Published.Accepted(0, 0));
        assertThat(engine.appends().waiting()).isZero();
    }

    @Test
    void countsDuplicatesInTheReceipt() {
        publish(submission(event("1", PLACED), event("2", PLACED)));

        assertThat(publish(submission(event("2", PLACED), event("3", PLACED), event("3", PLACED))))
                .isEqualTo(new Published.Accepted(3, 2));
        assertThat(stored(STREAM)).isEqualTo(3);
        assertThat(observed)
                .containsExactly("shop accepted 2, 0 duplicates, 20 bytes", "shop accepted 3, 2 duplicates, 30 bytes");
    }

    @Test
    void storesABatchOnceHoweverManyRetriesComeAtOnce() throws InterruptedException {
        int retries = 8;
        Submission batch = submission(
                IntStream.range(0, 20).mapToObj(i -> event("" + i, PLACED)).toArray(Event[]::new));
        catalogs.turn(Shop.catalog(Shop.YAML.replace("events-per-second: 10", "events-per-second: 1000"), 2));
        var start = new CountDownLatch(1);
        List<CompletableFuture<Published>> answers = new ArrayList<>();

        try (var threads = Executors.newFixedThreadPool(retries)) {
            for (int i = 0; i < retries; i++) {
                answers.add(CompletableFuture.supplyAsync(() -> publishAfter(start, batch), threads));
            }
            start.countDown();
        }

        assertThat(answers.stream().map(CompletableFuture::join))
                .containsOnly(new Published.Accepted(20, 0), new Published.Accepted(20, 20))
                .containsOnlyOnce(new Published.Accepted(20, 0));
        assertThat(stored(STREAM)).isEqualTo(20);
    }

    private Published publishAfter(CountDownLatch start, Submission batch) {
        try {
            start.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return publish(batch);
    }

    @Test
    void failsWhereTheStoreCannot() {
        engine.appends().shut();
        var answer = publisher.publish(SHOP, submission(event("1", PLACED)));

        engine.appends().fail(new Unavailable("full", Unavailable.Effect.NONE, Duration.ofSeconds(1)));

        assertThat(answer.toCompletableFuture())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(Unavailable.class);
        assertThat(observed).isEmpty();
    }

    @Test
    void judgesByTheCatalogInForce() {
        catalogs.turn(Shop.catalog(Shop.YAML.replace("sources: [/shop, /till]", "sources: [/till]"), 2));

        assertThat(code(publish(submission(event("1", PLACED))))).isEqualTo(ErrorCode.NOT_ALLOWED);
    }

    @Test
    void validatesLittleDataOnTheCallingThread() {
        compileSchema();

        assertThat(publish(submission(with("1", "\"valid\"")))).isEqualTo(new Published.Accepted(1, 0));
        assertThat(code(publish(submission(with("2", "0"))))).isEqualTo(ErrorCode.SCHEMA_VIOLATED);
        assertThat(heavy).isEmpty();
    }

    @Test
    void leavesMuchDataToTheWorker() {
        compileSchema();
        Event large = Shop.large("1", PAID, 20_000);

        var answer = publisher.publish(SHOP, submission(large));

        assertThat(answer.toCompletableFuture()).isNotDone();
        heavy.remove().run();
        assertThat(answer.toCompletableFuture()).isCompletedWithValue(new Published.Accepted(1, 0));
    }

    @Test
    void leavesTheFirstUseOfASchemaToTheWorker() {
        var answer = publisher.publish(SHOP, submission(with("1", "0")));

        assertThat(answer.toCompletableFuture()).isNotDone();
        heavy.remove().run();
        assertThat(code(answer.toCompletableFuture().join())).isEqualTo(ErrorCode.SCHEMA_VIOLATED);
    }

    @Test
    void isUnavailableWhereTheWorkerTakesNoMore() {
        publisher = publisher(PublishConfig.DEFAULT, _ -> {
            throw new RejectedExecutionException();
        });

        var answer = publisher.publish(SHOP, submission(with("1", "0")));

        assertThat(answer.toCompletableFuture())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(Unavailable.class);
    }

    @Test
    void refusesWhatIsOverTheQuotaAndSaysWhenToComeAgain() {
        for (int i = 0; i < 20; i++) {
            assertThat(publish(submission(event("" + i, PLACED)))).isEqualTo(new Published.Accepted(1, 0));
        }

        Published answer = publish(submission(event("20", PLACED)));

        assertThat(answer).isInstanceOfSatisfying(Published.Refused.class, refused -> {
            assertThat(refused.refusal().code()).isEqualTo(ErrorCode.OVER_QUOTA);
            assertThat(refused.refusal().retryAfter()).isEqualTo(Duration.ofMillis(100));
        });
        nanos += Duration.ofMillis(100).toNanos();
        assertThat(publish(submission(event("20", PLACED)))).isEqualTo(new Published.Accepted(1, 0));
    }

    @Test
    void takesNothingFromTheQuotaForARefusedRequest() {
        compileSchema();
        for (int i = 0; i < 100; i++) {
            publish(submission(event("a", Shop.SENT)));
            publish(submission(with("b", "0")));
        }

        for (int i = 0; i < 20; i++) {
            assertThat(publish(submission(event("" + i, PLACED)))).isEqualTo(new Published.Accepted(1, 0));
        }
    }

    @Test
    void doesNotValidateForAClientOverItsQuota() {
        for (int i = 0; i < 20; i++) {
            publish(submission(event("" + i, PLACED)));
        }

        assertThat(code(publish(submission(with("20", "0"))))).isEqualTo(ErrorCode.OVER_QUOTA);
        assertThat(heavy).isEmpty();
    }

    @Test
    void storesATestEventEveryTimeItIsSent() {
        for (int i = 0; i < 2; i++) {
            assertThat(publisher
                            .publishTest(READER, submission(event("1", PLACED)))
                            .toCompletableFuture())
                    .isCompletedWithValue(new Published.Accepted(1, 0));
        }

        assertThat(stored(LaneStreams.test(READER.client()))).isEqualTo(2);
        assertThat(stored(STREAM)).isZero();
    }

    @Test
    void refusesATestEventThatTheCallerMayNotConsume() {
        var answer = publisher.publishTest(SHOP, submission(event("1", PLACED)));

        assertThat(code(answer.toCompletableFuture().join())).isEqualTo(ErrorCode.NOT_ALLOWED);
    }

    /// Then further validations need no worker.
    private void compileSchema() {
        publisher.publish(SHOP, submission(with("compile", "0")));
        heavy.remove().run();
    }

    private Published publish(Submission submission) {
        return publisher.publish(SHOP, submission).toCompletableFuture().join();
    }

    private static ErrorCode code(Published published) {
        return switch (published) {
            case Published.Refused(var refusal) -> refusal.code();
            case Published.Accepted accepted -> throw new AssertionError(accepted);
        };
    }

    private long stored(StreamName stream) {
        return engine.log().extent(Partition.only(stream)).next();
    }

    private Publisher publisher(PublishConfig config, Executor worker) {
        var quotas = new PublishQuotas(QuotaConfig.DEFAULT, () -> nanos);
        return new Publisher(
                engine.log(),
                catalogs,
                quotas,
                new PublishParts(config, Shop::schema, worker, new Observer(), PayloadClaims.NONE));
    }

    private final class Observer implements PublishObserver {
        @Override
        public synchronized void accepted(ClientName client, int events, int duplicates, long bytes) {
            observed.add("%s accepted %d, %d duplicates, %d bytes".formatted(client, events, duplicates, bytes));
        }

        @Override
        public synchronized void refused(ErrorCode code) {
            observed.add("refused " + code);
        }
    }

    private static final class TurnedCatalogs implements Catalogs {
        private final List<Consumer<Catalog>> listeners = new ArrayList<>();
        private Catalog current;

        TurnedCatalogs(Catalog current) {
            this.current = current;
        }

        void turn(Catalog next) {
            current = next;
            listeners.forEach(listener -> listener.accept(next));
        }

        @Override
        public Catalog current() {
            return current;
        }

        @Override
        public void onChange(Consumer<Catalog> listener) {
            listeners.add(listener);
        }
    }
}
