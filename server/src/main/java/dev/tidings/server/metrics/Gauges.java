package dev.tidings.server.metrics;

import dev.tidings.broker.payloads.PayloadFigures;
import dev.tidings.broker.streams.StreamReading;
import dev.tidings.engine.EngineStatus;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// The figures that are looked up when somebody asks.
public final class Gauges {
    private Gauges() {}

    /// Of the store.
    public static void store(Metrics metrics, Supplier<EngineStatus> engine) {
        metrics.gauge(
                "tidings.store.writable",
                "1 where the store takes events",
                engine,
                e -> e.get().writable() ? 1 : 0);
        metrics.gauge(
                "tidings.store.wal.use",
                "How full the write-ahead log is, 0 to 1",
                engine,
                e -> e.get().walUse());
        metrics.gauge(
                "tidings.store.used.bytes",
                "Bytes that the store occupies",
                engine,
                e -> e.get().used().bytes());
        metrics.gauge(
                "tidings.store.usable.bytes",
                "Bytes that are left on its disk",
                engine,
                e -> e.get().usable().bytes());
    }

    /// Of those who read streams.
    public static void streams(Metrics metrics, StreamReading streams) {
        metrics.gauge("tidings.stream.readers", "Readers of streams", streams, reading -> (double) reading.readers());
        metrics.total(
                "tidings.stream.events", "Events that readers of streams were told", streams, StreamReading::told);
        metrics.total(
                "tidings.stream.filter.failures",
                "Events of which a reader's filter could not say whether they match",
                streams,
                StreamReading::filterFailures);
    }

    /// Of large payloads.
    public static void payloads(Metrics metrics, Supplier<PayloadFigures> payloads) {
        metrics.gauge(
                "tidings.payloads",
                "Payloads that are kept",
                payloads,
                p -> p.get().payloads());
        metrics.gauge(
                "tidings.payloads.bytes",
                "Bytes of payloads that are kept, and of those on their way",
                payloads,
                p -> p.get().bytes());
        metrics.gauge(
                "tidings.payloads.uploads",
                "Resumable uploads that are not finished",
                payloads,
                p -> p.get().uploads());
        metrics.gauge(
                "tidings.payloads.transfers",
                "Payloads on their way, in or out",
                payloads,
                p -> p.get().transfers());
        metrics.gauge(
                "tidings.payloads.damaged",
                "Payloads whose file was missing or cut short when the store was opened",
                payloads,
                p -> p.get().damaged());
        metrics.total(
                "tidings.payloads.stored",
                "Payloads stored",
                payloads,
                p -> p.get().stored());
        metrics.total(
                "tidings.payloads.stored.bytes",
                "Bytes of stored payloads",
                payloads,
                p -> p.get().storedBytes());
        metrics.total(
                "tidings.payloads.collected",
                "Payloads removed, since no event refers to them any more",
                payloads,
                p -> p.get().collected());
    }

    /// Of the doors of the server.
    public static void connections(Metrics metrics, IntSupplier http, LongSupplier requests, IntSupplier webSockets) {
        metrics.gauge(
                "tidings.http.connections", "Open connections, WebSockets among them", http, IntSupplier::getAsInt);
        metrics.gauge("tidings.http.requests.active", "Requests in progress", requests, LongSupplier::getAsLong);
        metrics.gauge("tidings.websocket.connections", "Open WebSockets", webSockets, IntSupplier::getAsInt);
    }
}
