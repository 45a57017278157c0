package dev.tidings.broker.payloads;

import dev.tidings.broker.catalog.Catalog;
import dev.tidings.broker.catalog.CatalogRead;
import dev.tidings.broker.catalog.CatalogText;
import dev.tidings.broker.catalog.ClientEntry;
import dev.tidings.broker.catalog.ClientEntry.ConsumerRole;
import dev.tidings.broker.catalog.ClientEntry.Grant;
import dev.tidings.broker.catalog.ClientEntry.Quotas;
import dev.tidings.broker.payloads.Payload.About;
import dev.tidings.engine.Appended;
import dev.tidings.engine.Batch;
import dev.tidings.engine.EngineWithLog;
import dev.tidings.engine.RetentionRules;
import dev.tidings.engine.disk.DiskFile;
import dev.tidings.engine.testkit.HandClock;
import dev.tidings.engine.testkit.MemoryEngine;
import dev.tidings.engine.testkit.disk.Crash;
import dev.tidings.engine.testkit.disk.FaultyDisk;
import dev.tidings.model.Bytes;
import dev.tidings.model.ClientName;
import dev.tidings.model.DataSize;
import dev.tidings.model.Event;
import dev.tidings.model.EventType;
import dev.tidings.model.Refusal;
import dev.tidings.model.StreamName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Payloads on a disk and an engine that a test can crash.
final class Warehouse {
    static final String YAML = """
            types:
              Shop.Web.Scan.Stored: {}
              Shop.Web.Order.Placed: {}
            clients:
              shop:
                produces: { sources: [/shop], types: [Shop.Web.Scan.Stored, Shop.Web.Order.Placed] }
              till:
                produces: { sources: [/till], types: [Shop.Web.Scan.Stored] }
              branch:
                produces: { sources: [/branch], types: [Shop.Web.Scan.Stored] }
                consumes: { types: [Shop.Web.Scan.Stored] }
              desk:
                consumes: { types: [Shop.Web.Scan.Stored] }
              stranger:
                consumes: { types: [Shop.Web.Order.Placed] }
            """;
    static final EventType SCAN = new EventType("Shop.Web.Scan.Stored");
    static final EventType ORDER = new EventType("Shop.Web.Order.Placed");
    static final Catalog CATALOG = catalog();
    static final Duration RETENTION = Duration.ofDays(5);

    final HandClock clock = new HandClock();
    final PayloadConfig config;
    FaultyDisk disk = new FaultyDisk(7);
    MemoryEngine engine = new MemoryEngine(clock);
    MeddledLog log;
    Payloads payloads;

    Warehouse() {
        this(small());
    }

    Warehouse(PayloadConfig config) {
        this.config = config;
        open();
    }

    /// A thousand bytes a payload, three thousand a client.
    static PayloadConfig small() {
        PayloadConfig usual = PayloadConfig.DEFAULT;
        return new PayloadConfig(
                new DataSize(1_000),
                new DataSize(3_000),
                5,
                2,
                20,
                2,
                1,
                usual.unreferenced(),
                usual.unfinished(),
                new DataSize(0));
    }

    private void open() {
        log = new MeddledLog(engine.log());
        var parts = new Payloads.Parts(new EngineWithLog(engine, log), disk, clock, new Random(3));
        try {
            payloads = Payloads.open(parts, config);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        engine.log().retain(new RetentionRules(RetentionRules.FIVE_DAYS, Map.of(), Map.of()));
    }

    /// A new process finds what the last one left.
    void reopenAfter(Crash crash) {
        disk = disk.recovered(crash);
        engine = engine.reopenAfterCrash();
        open();
    }

    static ClientEntry client(String name) {
        return Objects.requireNonNull(CATALOG.client(new ClientName(name)));
    }

    /// A consumer that is granted scans since that time.
    static ClientEntry granted(Instant since) {
        var role = new ConsumerRole(Map.of(SCAN, new Grant(false, since)));
        return new ClientEntry(new ClientName("new"), "", List.of(), null, role, false, Quotas.DEFAULT);
    }

    static Offer offer(String client, long size, @Nullable String sha256) {
        return new Offer(new About(new ClientName(client), SCAN, "text/plain"), size, sha256);
    }

    /// Stores a text of the client `shop`.
    Payload store(String text) throws IOException {
        return switch (receive(offer("shop", text.length(), null), text)) {
            case Received.Complete(Payload payload) -> payload;
            case Received other -> throw new AssertionError(other);
        };
    }

    /// Sends a text as the body of a payload.
    Received receive(Offer offer, String text) throws IOException {
        return switch (payloads.receive(CATALOG, offer)) {
            case Begun.Receive(Receiving receiving) -> send(receiving, text);
            case Begun.Refused(Refusal refusal, var _) -> new Received.Refused(refusal);
            case Begun.Waiting waiting -> throw new AssertionError(waiting);
        };
    }

    static Received send(Receiving receiving, String text) throws IOException {
        try {
            Refusal refusal = receiving.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
            return refusal == null ? receiving.end() : new Received.Refused(refusal);
        } finally {
            receiving.cut();
        }
    }

    Upload begin(long size, @Nullable String sha256) throws IOException {
        return switch (payloads.begin(CATALOG, offer("shop", size, sha256))) {
            case Begun.Waiting(Upload upload) -> upload;
            case Begun other -> throw new AssertionError(other);
        };
    }

    Received proceed(Upload upload, long offset, String text) throws IOException {
        return switch (payloads.proceed(upload, offset, null)) {
            case Begun.Receive(Receiving receiving) -> send(receiving, text);
            case Begun.Refused(Refusal refusal, var _) -> new Received.Refused(refusal);
            case Begun.Waiting waiting -> throw new AssertionError(waiting);
        };
    }

    Upload upload(Upload begun) {
        return Objects.requireNonNull(payloads.upload(new ClientName("shop"), begun.id()));
    }

    String text(Payload payload) throws IOException {
        try (DiskFile file = payloads.read(payload)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) payload.size());
            file.read(bytes, 0);
            return new String(bytes.array(), StandardCharsets.US_ASCII);
        }
    }

    /// Stores an event that refers to a payload.
    Appended publish(Payload payload) {
        return append(entry(payload, SCAN.stream()));
    }

    Appended append(Batch.Entry... entries) {
        return payloads.engine()
                .log()
                .append(Batch.ofEntries(List.of(entries)))
                .toCompletableFuture()
                .join();
    }

    static Batch.Entry entry(Payload payload, StreamName stream) {
        return entry("https://broker/ce/payloads/" + payload.id(), stream);
    }

    static Batch.Entry entry(String reference, StreamName stream) {
        Event event = new Event(
                "1", "/shop", SCAN, null, null, reference, new Event.Data.None(), Bytes.utf8("{\"id\":\"1\"}"));
        return new Batch.Entry(stream, event, Duration.ZERO);
    }

    /// Time passes, and what is too old goes.
    void pass(Duration time) throws IOException {
        clock.advance(time);
        engine.log().sweep();
        payloads.sweep();
    }

    boolean has(Payload payload) {
        return payloads.own(payload.about().client(), payload.id()) != null;
    }

    List<String> files() {
        return disk.files().stream()
                .filter(path -> path.startsWith("payloads/"))
                .toList();
    }

    static String sha256(String text) {
        MessageDigest digest = Sha256.digest();
        digest.update(text.getBytes(StandardCharsets.US_ASCII));
        return Sha256.hex(digest);
    }

    private static Catalog catalog() {
        return switch (CatalogText.read(YAML, _ -> Optional.empty())) {
            case CatalogRead.Read(var catalog, var _) -> new Catalog(1, catalog.types(), catalog.clients());
            case CatalogRead.Invalid(var problems) -> throw new AssertionError(problems);
        };
    }
}
