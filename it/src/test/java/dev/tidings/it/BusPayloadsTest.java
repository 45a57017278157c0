package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.client.BrokerBus;
import dev.tidings.client.Credentials;
import dev.tidings.client.Listening;
import dev.tidings.client.RefusedException;
import dev.tidings.client.Tidings;
import dev.tidings.client.payloads.FetchedPayload;
import dev.tidings.client.payloads.PayloadStream;
import dev.tidings.client.payloads.Payloads;
import dev.tidings.client.payloads.StoredPayload;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Large payloads, stored and fetched by the Java SDK.
class BusPayloadsTest {
    private static final int LARGE = 10 << 20;
    private static final int UNTIL_CUT = 3 << 20;

    @RegisterExtension
    final RunningBroker broker = RunningBroker.with(Shop.CATALOG);

    @TempDir
    private Path directory;

    private final Detour detour = new Detour();
    private BrokerBus shop;
    private BrokerBus desk;

    @BeforeEach
    void open() {
        detour.leadTo(broker.client("shop"));
        shop = bus("shop");
        desk = bus("desk");
    }

    @AfterEach
    void close() {
        shop.close();
        desk.close();
        detour.close();
    }

    @Test
    void goFromAFileOverAnEventIntoAFile() throws Exception {
        Path scan = Files.writeString(directory.resolve("scan.pdf"), "a scan of a page");
        Path got = directory.resolve("got.pdf");
        BlockingQueue<FetchedPayload> fetched = new LinkedBlockingQueue<>();
        desk.listen(
                Listening.to("file", Shop.PLACED),
                event -> fetched.add(
                        desk.payloads().fetch(Payloads.dataref(event).orElseThrow(), got)));

        StoredPayload stored = shop.payloads().store(Shop.PLACED, "application/pdf", scan);
        shop.fire(shop.event(Shop.PLACED).dataref(stored.dataref()).build());

        FetchedPayload payload = fetched.poll(Deadline.GENEROUS.toSeconds(), TimeUnit.SECONDS);
        assertThat(payload).isEqualTo(new FetchedPayload("application/pdf", 16, stored.sha256()));
        assertThat(got).hasSameBinaryContentAs(scan);
        assertThat(stored.type()).isEqualTo(Shop.PLACED);
        assertThat(stored.sha256()).isEqualTo(Digests.sha256("a scan of a page"));
        assertThat(filesHere()).containsExactlyInAnyOrder("scan.pdf", "got.pdf");
    }

    @Test
    void arriveThoughConnectionsAreCutAllTheWay() throws Exception {
        byte[] large = new byte[LARGE];
        new Random(1).nextBytes(large);
        Path got = directory.resolve("got");
        detour.cutEach(UNTIL_CUT);

        StoredPayload stored = shop.payloads().store(Shop.PLACED, "video/mp4", new ByteArrayInputStream(large), LARGE);
        FetchedPayload fetched = shop.payloads().fetch(stored.dataref(), got);

        assertThat(fetched).isEqualTo(new FetchedPayload("video/mp4", LARGE, stored.sha256()));
        assertThat(Files.readAllBytes(got)).isEqualTo(large);
    }

    @Test
    void arriveThoughTheBrokerIsRestartedInTheMiddle() throws Exception {
        byte[] large = new byte[LARGE];
        new Random(2).nextBytes(large);
        InputStream content = new ByteArrayInputStream(large) {
            private boolean restarted;

            @Override
            public synchronized int read(byte[] into, int from, int length) {
                if (pos >= LARGE / 2 && !restarted) {
                    restarted = true;
                    broker.restart();
                    detour.leadTo(broker.client("shop"));
                }
                return super.read(into, from, length);
            }
        };

        StoredPayload stored = shop.payloads().store(Shop.PLACED, "video/mp4", content, LARGE);

        try (PayloadStream fetched = shop.payloads().open(stored.dataref())) {
            assertThat(fetched.payload().size()).isEqualTo(LARGE);
            assertThat(fetched.readAllBytes()).isEqualTo(large);
        }
    }

    @Test
    void mayBeEmpty() throws Exception {
        StoredPayload stored = shop.payloads().store(Shop.PLACED, "text/plain", InputStream.nullInputStream(), 0);

        try (PayloadStream fetched = shop.payloads().open(stored.dataref())) {
            assertThat(fetched.payload()).isEqualTo(new FetchedPayload("text/plain", 0, stored.sha256()));
            assertThat(fetched.read()).isEqualTo(-1);
        }
    }

    @Test
    void leaveNothingBehindWhereTheyEndTooSoon() {
        InputStream content = new ByteArrayInputStream("half a".getBytes(StandardCharsets.US_ASCII));

        assertThatThrownBy(() -> shop.payloads().store(Shop.PLACED, "text/plain", content, 12))
                .isInstanceOf(EOFException.class)
                .hasMessage("expected 12 bytes, found 6");

        while (broker.client("shop").metric("tidings_payloads_uploads") > 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void areRefusedToWhomTheyAreNotFor() throws Exception {
        StoredPayload stored = shop.payloads().store(Shop.PLACED, "text/plain", InputStream.nullInputStream(), 0);

        assertThatThrownBy(() -> desk.payloads().open(stored.dataref()))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.status()).isEqualTo(404));
        assertThatThrownBy(() -> desk.payloads().store(Shop.PLACED, "text/plain", InputStream.nullInputStream(), 0))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.status()).isEqualTo(401));
        assertThatThrownBy(() -> desk.payloads().open(URI.create("https://elsewhere.example/scan.pdf")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("leads elsewhere");
    }

    @Test
    void leaveAFileAsItWasWhereTheyCannotBeFetched() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "before");
        URI missing = URI.create(broker.address() + "/ce/payloads/" + "x".repeat(32));

        assertThatThrownBy(() -> shop.payloads().fetch(missing, file)).isInstanceOf(RefusedException.class);

        assertThat(file).hasContent("before");
        assertThat(filesHere()).containsExactly("file");
    }

    private List<String> filesHere() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private BrokerBus bus(String client) {
        return Tidings.connect(detour.address())
                .credentials(Credentials.apiKey(client))
                .source(URI.create(Shop.SOURCE))
                .service("office")
                .open();
    }
}
