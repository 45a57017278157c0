package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.client.BrokerBus;
import dev.tidings.client.Credentials;
import dev.tidings.client.RefusedException;
import dev.tidings.client.Tidings;
import dev.tidings.client.streams.Following;
import dev.tidings.client.streams.Reading;
import dev.tidings.client.streams.StreamBatch;
import dev.tidings.client.streams.StreamInfo;
import io.cloudevents.CloudEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Streams, read by the Java SDK.
class BusStreamsTest {
    private static final Reading WEB = Reading.of("Shop.Web");

    @RegisterExtension
    final RunningBroker broker = RunningBroker.with(Shop.CATALOG);

    private final BlockingQueue<String> read = new LinkedBlockingQueue<>();
    private final Detour detour = new Detour();
    private BrokerBus desk;

    @BeforeEach
    void open() {
        detour.leadTo(broker.client("desk"));
        desk = Tidings.connect(detour.address())
                .credentials(Credentials.apiKey("desk"))
                .open();
    }

    @AfterEach
    void close() {
        desk.close();
        detour.close();
    }

    @Test
    void areReadBatchByBatchToTheirEndAndAgain() {
        produce("1", "2", "3");

        List<String> ids = new ArrayList<>();
        Reading reading = WEB.max(2);
        StreamBatch batch;
        do {
            batch = desk.streams().read(reading).join();
            batch.events().forEach(event -> ids.add(event.getId()));
            reading = reading.after(batch.next());
        } while (!batch.atEnd());

        assertThat(ids).containsExactly("1", "2", "3");
        assertThat(batch.next()).isEqualTo(batch.latest());
        assertThat(ids(WEB)).containsExactly("1", "2", "3");
    }

    @Test
    void beginWhereTheReaderSays() {
        produce("1", "2");
        CloudEvent first = desk.streams().read(WEB.max(1)).join().events().getFirst();

        assertThat(ids(WEB.from("latest"))).isEmpty();
        assertThat(ids(WEB.after(first.getExtension(StreamBatch.POSITION).toString())))
                .containsExactly("2");
        assertThat(ids(WEB.since(first.getTime().toInstant()))).containsExactly("1", "2");
        assertThat(ids(WEB.since(Instant.parse("2100-01-01T00:00:00Z")))).isEmpty();
    }

    @Test
    void areReadByTypeAndThroughAFilter() {
        produce("1");
        broker.client("shop").produce(Shop.event(Shop.PAID, "2")).accepted(1, 0);

        assertThat(ids(WEB.types(Shop.PAID))).containsExactly("2");
        assertThat(ids(WEB.filter("{\"exact\":{\"id\":\"1\"}}"))).containsExactly("1");
        assertThatThrownBy(() -> ids(WEB.filter("{\"cel\":\"data.\"}")))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.status()).isEqualTo(400));
    }

    @Test
    void areListed() {
        produce("1");

        List<StreamInfo> streams = desk.streams().list().join();

        assertThat(streams).extracting(StreamInfo::stream).containsExactly("Shop.Store", "Shop.Web");
        StreamInfo web = streams.get(1);
        assertThat(web.types()).containsExactly(Shop.PAID, Shop.PLACED);
        assertThat(web.positions()).isEqualTo(1);
        assertThat(web.latest()).isGreaterThan(web.earliest());
        assertThat(web.perSecondLastMinute()).isPositive();
    }

    @Test
    void areFollowedAcrossLostConnectionsAndRestarts() throws InterruptedException {
        produce("1");
        try (Following following =
                desk.streams().follow(WEB, batch -> batch.events().forEach(event -> read.add(event.getId())))) {
            assertThat(next()).isEqualTo("1");
            produce("2");
            assertThat(next()).isEqualTo("2");
            detour.cut();
            produce("3");
            assertThat(next()).isEqualTo("3");
            broker.restart();
            detour.leadTo(broker.client("desk"));
            detour.cut();
            produce("4", "5");

            assertThat(List.of(next(), next())).containsExactly("4", "5");
            assertThat(following.ended()).isNotDone();
        }
        assertThat(read).isEmpty();
    }

    @Test
    void areFollowedFromWhereAProgramWas() throws InterruptedException {
        produce("1", "2");
        String stored = desk.streams().read(WEB.max(1)).join().next();

        Following following = desk.streams().follow(WEB.after(stored), batch -> {
            batch.events().forEach(event -> read.add(event.getId()));
        });
        assertThat(next()).isEqualTo("2");
        desk.close();

        assertThat(following.ended()).isCompleted();
        assertThat(following.position()).isGreaterThan(stored);
        assertThatThrownBy(() -> desk.streams().follow(WEB, batch -> {})).isInstanceOf(IllegalStateException.class);
    }

    private List<String> ids(Reading reading) {
        return desk.streams().read(reading).join().events().stream()
                .map(CloudEvent::getId)
                .toList();
    }

    private String next() throws InterruptedException {
        return read.poll(Deadline.GENEROUS.toSeconds(), TimeUnit.SECONDS);
    }

    private void produce(String... ids) {
        for (String id : ids) {
            broker.client("shop").produce(Shop.order(id)).accepted(1, 0);
        }
    }
}
