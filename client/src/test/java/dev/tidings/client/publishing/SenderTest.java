package dev.tidings.client.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.client.BufferFullException;
import dev.tidings.client.Bus;
import dev.tidings.client.FailureListener;
import dev.tidings.client.Firing;
import dev.tidings.client.Metrics;
import dev.tidings.client.RefusedException;
import dev.tidings.client.Tidings;
import dev.tidings.client.UndeliveredException;
import dev.tidings.client.backoff.BackOff;
import dev.tidings.model.Bytes;
import dev.tidings.model.DataSize;
import io.cloudevents.CloudEvent;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SenderTest {
    private static final Firing AT_ONCE = Firing.DEFAULT.withLinger(Duration.ZERO);
    private static final Duration NO_TIME = Duration.ofMillis(20);

    private final ScriptedBroker broker = new ScriptedBroker();
    private final List<Duration> pauses = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private final Bus bus = Tidings.connect(URI.create("http://localhost"))
            .source(URI.create("/s"))
            .open();
    private Sender sender = start(AT_ONCE);

    @AfterEach
    void close() {
        bus.close();
    }

    @Test
    void sendsWhatIsFiredWhileARequestIsUnderWayInTheNextOneInOrder() throws Exception {
        CompletableFuture<Outcome> first = broker.next();
        fire("1");
        assertThat(request()).isEqualTo("[1]");
        fire("2");
        fire("3");
        first.complete(ScriptedBroker.accepted());

        assertThat(request()).isEqualTo("[2,3]");
        sender.flush().join();
    }

    @Test
    void putsNoMoreInARequestThanIsAllowed() throws Exception {
        sender = start(AT_ONCE.withBatch(2));
        CompletableFuture<Outcome> first = broker.next();
        fire("1");
        request();
        for (int i = 2; i < 6; i++) {
            fire(String.valueOf(i));
        }
        first.complete(ScriptedBroker.accepted());

        assertThat(request()).isEqualTo("[2,3]");
        assertThat(request()).isEqualTo("[4,5]");
    }

    @Test
    void sendsTheSameAgainWhileTheBrokerIsAway() throws Exception {
        CompletableFuture<Outcome> first = broker.next();
        CompletableFuture<Outcome> second = broker.next();
        fire("1");
        first.complete(ScriptedBroker.away(Duration.ZERO));
        second.complete(ScriptedBroker.away(Duration.ofSeconds(7)));
        sender.flush().join();

        assertThat(List.of(request(), request(), request())).containsOnly("[1]");
        assertThat(pauses.get(0)).isLessThan(Duration.ofSeconds(7));
        assertThat(pauses.get(1)).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void tellsOfTheEventThatWasRefusedAndSendsTheOthers() throws Exception {
        CompletableFuture<Outcome> blocker = broker.next();
        CompletableFuture<Outcome> answer = broker.next();
        fire("0");
        request();
        fire("1");
        fire("2");
        fire("3");
        blocker.complete(ScriptedBroker.accepted());
        answer.complete(ScriptedBroker.refused(ScriptedBroker.flaw(1)));
        sender.flush().join();

        assertThat(request()).isEqualTo("[1,2,3]");
        assertThat(request()).isEqualTo("[1,3]");
        assertThat(refused).containsExactly("id2: schema-violated (422): expected a number");
    }

    @Test
    void triesEachAloneWhereNoneIsToBlame() throws Exception {
        CompletableFuture<Outcome> blocker = broker.next();
        CompletableFuture<Outcome> together = broker.next();
        CompletableFuture<Outcome> alone = broker.next();
        fire("0");
        request();
        fire("1");
        fire("2");
        blocker.complete(ScriptedBroker.accepted());
        together.complete(ScriptedBroker.refused());
        alone.complete(ScriptedBroker.refused());
        sender.flush().join();

        assertThat(List.of(request(), request(), request())).containsExactly("[1,2]", "[1]", "[2]");
        assertThat(refused).containsExactly("id1: schema-violated (422): the data is invalid");
    }

    @Test
    void refusesWhatFindsNoRoomAndKeepsWhatFoundSome() {
        sender = start(AT_ONCE.withBuffer(new DataSize(3)).withPatience(NO_TIME));
        CompletableFuture<Outcome> answer = broker.next();
        fire("12");
        fire("3");

        assertThatThrownBy(() -> fire("4"))
                .isInstanceOf(BufferFullException.class)
                .hasMessageContaining("3B");
        answer.complete(ScriptedBroker.accepted());
        sender.flush().join();
        fire("4");
        sender.flush().join();

        assertThat(String.join("", broker.requests)).isIn("[12][3][4]", "[12,3][4]");
    }

    @Test
    void takesAnEventThatIsLargerThanItsBuffer() {
        sender = start(AT_ONCE.withBuffer(new DataSize(3)).withPatience(NO_TIME));

        fire("123456");
        sender.flush().join();

        assertThat(broker.requests).containsExactly("[123456]");
    }

    @Test
    void sendsWhatWasFiredBeforeItCloses() {
        fire("1");
        fire("2");

        sender.close();

        assertThat(String.join("", broker.requests)).isIn("[1][2]", "[1,2]");
        assertThatThrownBy(() -> fire("3")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void saysExactlyWhatWasNotDeliveredInTime() throws Exception {
        sender = start(AT_ONCE.withClosing(NO_TIME));
        fire("1");
        sender.flush().join();
        CompletableFuture<Outcome> never = broker.next();
        fire("2");
        request();
        request();
        fire("3");

        assertThatThrownBy(() -> sender.close())
                .isInstanceOfSatisfying(
                        UndeliveredException.class,
                        left -> assertThat(left.events())
                                .extracting(CloudEvent::getId)
                                .containsExactly("id2", "id3"));
        never.complete(ScriptedBroker.away(Duration.ZERO));
        assertThat(broker.requests.poll(NO_TIME.toMillis(), TimeUnit.MILLISECONDS))
                .as("sent after the end")
                .isNull();
    }

    @Test
    void goesOnWhereTheListenerFails() {
        CompletableFuture<Outcome> answer = broker.next();
        sender = Sender.start(AT_ONCE, parts((event, reason) -> {
            throw new IllegalStateException("the program's fault");
        }));
        fire("1");
        answer.complete(ScriptedBroker.refused());
        sender.flush().join();
        fire("2");
        sender.flush().join();

        assertThat(broker.requests).containsExactly("[1]", "[2]");
    }

    private Sender start(Firing config) {
        return Sender.start(config, parts(this::refused));
    }

    private Sender.Parts parts(FailureListener listener) {
        BackOff backOff = new BackOff(Duration.ofMillis(100), Duration.ofSeconds(1), new Random(1));
        return new Sender.Parts(
                broker, backOff, pauses::add, listener, Metrics.none().sending(AT_ONCE.buffer()));
    }

    private void refused(CloudEvent event, RefusedException reason) {
        refused.add(event.getId() + ": " + reason.getMessage());
    }

    private void fire(String json) {
        sender.fire(new Fired(bus.event("a.b").id("id" + json).build(), Bytes.utf8(json)));
    }

    private String request() throws InterruptedException {
        return broker.requests.poll(30, TimeUnit.SECONDS);
    }
}
