package dev.tidings.broker.streams;

import dev.tidings.broker.catalog.Catalog;
import dev.tidings.broker.catalog.Catalogs;
import dev.tidings.broker.catalog.ClientEntry;
import dev.tidings.broker.catalog.ClientEntry.ConsumerRole;
import dev.tidings.broker.catalog.ClientEntry.Grant;
import dev.tidings.broker.catalog.ClientEntry.Quotas;
import dev.tidings.broker.loop.ManualLoop;
import dev.tidings.broker.streams.StreamReading.Opened;
import dev.tidings.engine.Batch;
import dev.tidings.engine.EventLog;
import dev.tidings.engine.testkit.HandClock;
import dev.tidings.engine.testkit.MemoryEngine;
import dev.tidings.model.Bytes;
import dev.tidings.model.Caller;
import dev.tidings.model.ClientName;
import dev.tidings.model.DataSize;
import dev.tidings.model.Event;
import dev.tidings.model.EventType;
import dev.tidings.model.Refusal;
import dev.tidings.model.StreamName;
import dev.tidings.model.StreamedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// Reading of streams over an engine in memory, on a loop turned by hand, with one client, `reader`, that may read
/// [#DONE] and [#UNDONE] of the stream [#STREAM].
final class Library implements Catalogs {
    static final EventType DONE = new EventType("Org.Sys.Thing.Done");
    static final EventType UNDONE = new EventType("Org.Sys.Thing.Undone");
    static final EventType ELSE = new EventType("Org.Other.Thing.Done");
    static final StreamName STREAM = DONE.stream();
    static final Caller READER = new Caller(new ClientName("reader"));
    static final DataSize PACE = DataSize.ofMebibytes(1_000);
    static final StreamsConfig CONFIG = new StreamsConfig(3, 4, new DataSize(200), 1, PACE, new DataSize(1_000));

    final HandClock clock = new HandClock();
    final ManualLoop loop = new ManualLoop(clock);
    final MemoryEngine engine = new MemoryEngine(clock);
    final EventLog log;
    final StreamReading reading;
    private final List<Consumer<Catalog>> listeners = new ArrayList<>();
    private Catalog catalog = Catalog.EMPTY;
    private Duration look = Duration.ZERO;

    Library() {
        this(CONFIG, UnaryOperator.identity());
    }

    /// @param over what the log of the engine is seen through
    Library(StreamsConfig config, UnaryOperator<EventLog> over) {
        log = over.apply(engine.log());
        grant(Map.of(DONE, everything(), UNDONE, everything(), ELSE, everything()));
        reading = new StreamReading(new StreamReading.Needs(log, this, _ -> loop, config, this::nanos, Runnable::run));
    }

    static Grant everything() {
        return new Grant(true, Instant.EPOCH);
    }

    /// From now on time passes with each look at the clock.
    void letTimePassWithEachLook(Duration step) {
        look = step;
    }

    private long nanos() {
        clock.advance(look);
        return Duration.between(Instant.EPOCH, clock.instant()).toNanos();
    }

    void grant(Map<EventType, Grant> types) {
        ClientEntry entry = new ClientEntry(
                READER.client(), "", List.of(), null, new ConsumerRole(new HashMap<>(types)), false, Quotas.DEFAULT);
        TreeMap<ClientName, ClientEntry> clients = new TreeMap<>();
        clients.put(READER.client(), entry);
        catalog = new Catalog(catalog.version() + 1, new TreeMap<>(), clients);
        listeners.forEach(listener -> listener.accept(catalog));
    }

    @Override
    public Catalog current() {
        return catalog;
    }

    @Override
    public void onChange(Consumer<Catalog> listener) {
        listeners.add(listener);
    }

    void append(String... ids) {
        for (String id : ids) {
            append(DONE, id);
        }
    }

    void append(EventType type, String id) {
        String json = "{\"id\":\"%s\",\"source\":\"/test\",\"type\":\"%s\"}".formatted(id, type);
        append(type, id, Bytes.utf8(json));
    }

    void append(EventType type, String id, Bytes json) {
        Event event = new Event(id, "/test", type, id, null, new Event.Data.None(), json);
        log.append(Batch.ofEntries(List.of(new Batch.Entry(type.stream(), event, Duration.ZERO))));
    }

    static StreamQuery from(StreamStart start) {
        return new StreamQuery(STREAM.value(), start, null, null);
    }

    StreamReader open(StreamStart start) {
        return open(from(start));
    }

    StreamReader open(StreamQuery query) {
        return ((Opened.Opening) opened(query)).reader();
    }

    Refusal refusal(StreamQuery query) {
        return ((Opened.Refused) opened(query)).refusal();
    }

    private Opened opened(StreamQuery query) {
        CompletableFuture<Opened> opened = reading.open(READER, query).toCompletableFuture();
        loop.run();
        return opened.resultNow();
    }

    /// Asks for so many events without waiting; they must be there.
    StreamBatch.Events next(StreamReader reader, int events) {
        CompletableFuture<StreamBatch> asked = ask(reader, events, Duration.ZERO);
        loop.run();
        return (StreamBatch.Events) asked.resultNow();
    }

    CompletableFuture<StreamBatch> ask(StreamReader reader, int events, Duration patience) {
        CompletableFuture<StreamBatch> asked =
                reader.next(new StreamReader.Want(events, 10_000, patience)).toCompletableFuture();
        loop.run();
        return asked;
    }

    /// The `id` of each event.
    static List<String> ids(StreamBatch batch) {
        return ((StreamBatch.Events) batch)
                .events().stream()
                        .map(StreamedEvent::json)
                        .map(json -> json.toUtf8().replaceAll("\\{\"id\":\"([^\"]*)\".*", "$1"))
                        .toList();
    }
}
