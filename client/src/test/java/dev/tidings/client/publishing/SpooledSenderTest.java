package dev.tidings.client.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.client.BufferFullException;
import dev.tidings.client.Bus;
import dev.tidings.client.EventCoding;
import dev.tidings.client.Firing;
import dev.tidings.client.Metrics;
import dev.tidings.client.RefusedException;
import dev.tidings.client.SpoolException;
import dev.tidings.client.Tidings;
import dev.tidings.client.backoff.BackOff;
import dev.tidings.model.DataSize;
import io.cloudevents.CloudEvent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SpooledSenderTest {
    private static final Duration NO_TIME = Duration.ofMillis(20);
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

    @TempDir
    private Path root;

    private final ScriptedBroker broker = new ScriptedBroker();
    private final List<CloudEvent> refused = new ArrayList<>();
    private final Bus bus = Tidings.connect(URI.create("http://localhost"))
            .source(URI.create("/s"))
            .open();

    @AfterEach
    void close() {
        bus.close();
    }

    @Test
    void sendsFirstWhatAnEarlierRunLeftThenWhatIsFired() throws Exception {
        Sender earlier = start(firing().withClosing(NO_TIME));
        CompletableFuture<Outcome> never = broker.next();
        fire(earlier, "1");
        request();
        fire(earlier, "2");
        fire(earlier, "3");
        earlier.close();
        assertThat(never).isNotDone();

        Sender sender = start(firing());
        fire(sender, "4");
        sender.close();

        assertThat(ids()).containsExactly("1", "2", "3", "4");
    }

    @Test
    void flushesAlsoWhatAnEarlierRunLeft() throws Exception {
        CompletableFuture<Outcome> never = broker.next();
        Sender earlier = start(firing().withClosing(NO_TIME));
        fire(earlier, "1");
        request();
        earlier.close();
        assertThat(never).isNotDone();
        CompletableFuture<Outcome> answer = broker.next();
        Sender sender = start(firing());
        request();

        CompletableFuture<Void> flushed = sender.flush();

        assertThat(flushed).isNotDone();
        answer.complete(ScriptedBroker.accepted());
        flushed.join();
        assertThat(sender.flush()).isDone();
        sender.close();
    }

    @Test
    void leavesNothingBehindThatTheBrokerHasTaken() {
        Sender sender = start(firing());
        fire(sender, "1");
        sender.close();

        start(firing()).close();

        assertThat(ids()).containsExactly("1");
        assertThat(spool()).isDirectoryNotContaining("glob:**.events");
    }

    @Test
    void tellsOfTheRefusedEventAsItWasReadBack() {
        CompletableFuture<Outcome> answer = broker.next();
        answer.complete(ScriptedBroker.refused());
        Sender sender = start(firing());
        sender.fire(fired(bus.event("a.b").id("1").key("k").data(17).build()));
        sender.flush().join();
        sender.close();

        assertThat(refused).singleElement().satisfies(event -> {
            assertThat(event.getId()).isEqualTo("1");
            assertThat(event.getType()).isEqualTo("a.b");
            assertThat(event.getSource()).isEqualTo(URI.create("/s"));
            assertThat(event.getExtension("partitionkey")).isEqualTo("k");
            assertThat(new String(event.getData().toBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("17");
        });
    }

    @Test
    void doesNotTakeWhatItCouldNotReadBack() {
        Sender sender = start(firing());
        CloudEvent broken = bus.event("a.b")
                .data("application/json", "{".getBytes(StandardCharsets.UTF_8))
                .build();

        assertThatThrownBy(() -> sender.fire(fired(broken))).isInstanceOf(IllegalArgumentException.class);

        sender.close();
        assertThat(broker.requests).isEmpty();
    }

    @Test
    void refusesWhatFindsNoRoomAndKeepsWhatFoundSome() throws Exception {
        Sender sender = start(firing().withBuffer(new DataSize(150)).withPatience(NO_TIME));
        CompletableFuture<Outcome> answer = broker.next();
        fire(sender, "1");
        request();
        fire(sender, "2");

        assertThatThrownBy(() -> fire(sender, "3"))
                .isInstanceOf(BufferFullException.class)
                .hasMessageContaining("150B");

        answer.complete(ScriptedBroker.accepted());
        sender.flush().join();
        fire(sender, "4");
        sender.close();
        assertThat(ids()).containsExactly("2", "4");
    }

    @Test
    void belongsToOneBus() {
        Sender sender = start(firing());

        assertThatThrownBy(() -> start(firing()))
                .isInstanceOf(SpoolException.class)
                .hasMessageContaining(spool().toString())
                .hasMessageContaining("another bus has it");

        fire(sender, "1");
        sender.close();
        assertThat(ids()).containsExactly("1");
    }

    @Test
    void saysSoWhereTheDirectoryIsNone() throws Exception {
        Files.writeString(spool(), "a file");

        assertThatThrownBy(() -> start(firing()))
                .isInstanceOf(SpoolException.class)
                .hasMessageContaining(spool().toString());
    }

    @Test
    void takesEventsAlsoFromAThreadThatIsInterrupted() throws Exception {
        Sender sender = start(firing());
        Thread interrupted = new Thread(() -> {
            Thread.currentThread().interrupt();
            fire(sender, "1");
        });
        interrupted.start();
        interrupted.join();
        fire(sender, "2");
        sender.close();

        assertThat(ids()).containsExactly("1", "2");
    }

    @Test
    void keepsTheOrderOfEachOfManyThreads() throws Exception {
        int events = 2_000;
        Sender sender = start(firing().withBatch(50).withBuffer(DataSize.ofMebibytes(1)));
        List<Thread> threads = new ArrayList<>();
        for (String name : List.of("a", "b", "c", "d")) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < events; i++) {
                    fire(sender, name + i);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        sender.close();

        List<String> ids = ids();
        assertThat(ids).hasSize(4 * events);
        for (String name : List.of("a", "b", "c", "d")) {
            assertThat(ids.stream().filter(id -> id.startsWith(name)))
                    .extracting(id -> Integer.parseInt(id.substring(1)))
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .hasSize(events);
        }
    }

    @Test
    void takesNothingOnceItIsClosed() {
        Sender sender = start(firing());
        sender.close();

        assertThatThrownBy(() -> fire(sender, "1")).isInstanceOf(IllegalStateException.class);
        start(firing()).close();
        assertThat(broker.requests).isEmpty();
    }

    private Path spool() {
        return root.resolve("spool");
    }

    private Firing firing() {
        return Firing.DEFAULT.withSpool(spool()).withLinger(Duration.ZERO);
    }

    private Sender start(Firing config) {
        BackOff backOff = new BackOff(Duration.ofMillis(100), Duration.ofSeconds(1), new Random(1));
        return Sender.start(
                config,
                new Sender.Parts(
                        broker,
                        backOff,
                        time -> {},
                        this::refused,
                        Metrics.none().sending(config.buffer())));
    }

    private void refused(CloudEvent event, RefusedException reason) {
        assertThat(reason.status()).isEqualTo(422);
        refused.add(event);
    }

    private void fire(Sender sender, String id) {
        sender.fire(fired(bus.event("a.b").id(id).build()));
    }

    private static Fired fired(CloudEvent event) {
        return new Fired(event, EventCoding.json(event));
    }

    private String request() throws InterruptedException {
        return broker.requests.poll(30, TimeUnit.SECONDS);
    }

    /// Of all requests that were not looked at, in order.
    private List<String> ids() {
        List<String> ids = new ArrayList<>();
        for (String request : broker.requests) {
            ids.addAll(ID.matcher(request)
                    .results()
                    .map(MatchResult::group)
                    .map(found -> found.substring(6, found.length() - 1))
                    .toList());
        }
        return ids;
    }
}
