package dev.tidings.broker.streams;

import dev.tidings.broker.catalog.Catalogs;
import dev.tidings.broker.groups.Filtering;
import dev.tidings.broker.groups.News;
import dev.tidings.broker.groups.Selection;
import dev.tidings.broker.loop.Loop;
import dev.tidings.broker.loop.Loops;
import dev.tidings.engine.EventLog;
import dev.tidings.engine.Extent;
import dev.tidings.engine.Partition;
import dev.tidings.filter.Compilation;
import dev.tidings.filter.EventFilter;
import dev.tidings.model.Caller;
import dev.tidings.model.ClientName;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import dev.tidings.model.StreamName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// All reading of streams in this process. May be used by any thread.
public final class StreamReading {
    private final Needs needs;
    private final News news = new News();
    private final AppendRates rates;
    private final ReadTurns turns;
    private final Pace pace;
    private final Filtering filtering;
    private final Readers readers;
    private volatile boolean draining;
    private final LongAdder filterFailures = new LongAdder();
    private final LongAdder told = new LongAdder();
    private final Set<Open> open = ConcurrentHashMap.newKeySet();

    /// What reading works with.
    ///
    /// @param nanos  a clock that only goes forward
    /// @param worker compiles filters
    public record Needs(
            EventLog log, Catalogs catalogs, Loops loops, StreamsConfig config, LongSupplier nanos, Executor worker) {}

    /// Who reads which stream, on which loop.
    record Reader(ClientName client, StreamName stream, Loop loop) {}

    private record Open(StreamReader reader, Loop loop) {}

    /// The streams that a client may read.
    public sealed interface Listed {
        record Streams(List<StreamStatus> streams) implements Listed {
            public Streams {
                streams = List.copyOf(streams);
            }
        }

        record Refused(Refusal refusal) implements Listed {}
    }

    /// What became of the wish to read a stream.
    public sealed interface Opened {
        record Opening(StreamReader reader) implements Opened {}

        record Refused(Refusal refusal) implements Opened {}
    }

    public StreamReading(Needs needs) {
        this.needs = needs;
        this.rates = new AppendRates(needs.log, needs.nanos);
        this.turns = new ReadTurns(needs.config.reads());
        this.pace = new Pace(needs.config.pace(), needs.nanos);
        this.filtering = new Filtering(needs.worker);
        this.readers = new Readers(needs.config);
        needs.log.onAppend(news);
        needs.log.onAppend(rates);
        needs.catalogs.onChange(_ -> each(StreamReader::catalogChanged));
    }

    /// The streams in which the caller is granted a type, whether or not they have events yet.
    public Listed list(Caller caller) {
        StreamRights rights = rights(caller.client());
        Refusal refusal = rights.refusal();
        if (refusal != null) {
            return new Listed.Refused(refusal);
        }
        List<StreamStatus> streams = new ArrayList<>();
        rights.streams().forEach((stream, types) -> {
            long positions = 0;
            for (Partition partition : partitions(stream)) {
                Extent extent = needs.log.extent(partition);
                positions += extent.next() - extent.first();
            }
            streams.add(new StreamStatus(stream, types, bounds(stream), positions, rates.of(stream)));
        });
        return new Listed.Streams(streams);
    }

    /// Begins to read. The reader has to be closed.
    public CompletionStage<Opened> open(Caller caller, StreamQuery query) {
        ClientName client = caller.client();
        return switch (rights(client).judge(query.stream(), query.types())) {
            case StreamRights.Judged.Refused(Refusal refusal) -> refused(refusal);
            case StreamRights.Judged.Granted(StreamName stream, Selection selection) -> {
                Reader who = new Reader(client, stream, needs.loops.of(client));
                String filter = query.filter();
                yield filter == null
                        ? admit(who, query, new Choice(selection, null))
                        : filtering.compile(filter).thenCompose(compilation -> switch (compilation) {
                            case Compilation.Compiled(EventFilter compiled) ->
                                admit(who, query, new Choice(selection, compiled));
                            case Compilation.Flawed flawed ->
                                refused(Refusal.of(
                                        ErrorCode.INVALID_PARAMETER, "parameter 'filter': " + flawed.detail()));
                        });
            }
        };
    }

    /// What a reader is told of.
    private record Choice(Selection selection, @Nullable EventFilter filter) {}

    private CompletionStage<Opened> admit(Reader who, StreamQuery query, Choice choice) {
        Refusal refusal = readers.admit(who.client);
        return refusal != null ? refused(refusal) : begin(who, query, choice);
    }

    /// How many readers there are now.
    public int readers() {
        return readers.count();
    }

    /// How many events readers were told so far.
    public long told() {
        return told.sum();
    }

    /// How often a filter could not judge an event so far.
    public long filterFailures() {
        return filterFailures.sum();
    }

    void filterFailed() {
        filterFailures.increment();
    }

    void tell(int events) {
        told.add(events);
    }

    /// Answers what is being asked with what there is, and lets readers come to their end.
    public void drain() {
        draining = true;
        each(StreamReader::drain);
    }

    private CompletionStage<Opened> begin(Reader who, StreamQuery query, Choice choice) {
        return beginning(who.stream, query.start(), choice.selection)
                .handle((begun, failure) -> {
                    if (!(begun instanceof Begun.At)) {
                        readers.release(who.client);
                    }
                    return failure == null
                            ? CompletableFuture.completedStage(begun)
                            : CompletableFuture.<Begun>failedStage(failure);
                })
                .thenCompose(Function.identity())
                .thenCompose(begun -> switch (begun) {
                    case Begun.Refused(Refusal refusal) -> refused(refusal);
                    case Begun.At(StreamPosition position) ->
                        CompletableFuture.supplyAsync(
                                () -> opened(
                                        who,
                                        query,
                                        new StreamReader.Beginning(position, choice.selection, choice.filter)),
                                who.loop);
                });
    }

    private Opened opened(Reader who, StreamQuery query, StreamReader.Beginning beginning) {
        StreamReader reader = new StreamReader(this, who, query, beginning);
        open.add(new Open(reader, who.loop));
        reader.catalogChanged(); // while it began, the catalog may have
        if (draining) {
            reader.drain();
        }
        return new Opened.Opening(reader);
    }

    private static CompletionStage<Opened> refused(Refusal refusal) {
        return CompletableFuture.completedStage(new Opened.Refused(refusal));
    }

    /// Where a reader begins.
    private sealed interface Begun {
        record At(StreamPosition position) implements Begun {}

        record Refused(Refusal refusal) implements Begun {}
    }

    private CompletionStage<Begun> beginning(StreamName stream, StreamStart start, Selection selection) {
        return switch (start) {
            case StreamStart.Latest() -> CompletableFuture.completedStage(new Begun.At(latest(stream)));
            case StreamStart.Earliest() -> at(stream, selection.beginning(stream));
            case StreamStart.Since(Instant time) -> at(stream, later(time, selection.beginning(stream)));
            case StreamStart.After(String text) -> CompletableFuture.completedStage(after(stream, text));
        };
    }

    private static Instant later(Instant one, @Nullable Instant other) {
        return other == null || one.isAfter(other) ? one : other;
    }

    private Begun after(StreamName stream, String text) {
        List<Partition> partitions = partitions(stream);
        StreamPosition position =
                StreamPosition.parse(stream, partitions.size(), text).orElse(null);
        if (position == null || isBeyond(position, latest(stream))) {
            return new Begun.Refused(Refusal.of(
                    ErrorCode.INVALID_PARAMETER,
                    "expected a position that an answer about the stream " + stream + " told; found '"
                            + (text.length() <= 100 ? text : text.substring(0, 100) + "…")
                            + "', which is none of its positions"));
        }
        return isBeyond(earliest(stream), position) ? new Begun.Refused(gone(stream)) : new Begun.At(position);
    }

    private static boolean isBeyond(StreamPosition position, StreamPosition other) {
        for (int i = 0; i < position.next().size(); i++) {
            if (position.next().get(i) > other.next().get(i)) {
                return true;
            }
        }
        return false;
    }

    /// @param time null: the oldest event that is kept
    private CompletionStage<Begun> at(StreamName stream, @Nullable Instant time) {
        if (time == null) {
            return CompletableFuture.completedStage(new Begun.At(earliest(stream)));
        }
        List<CompletableFuture<Long>> found = partitions(stream).stream()
                .map(partition -> needs.log.positionAt(partition, time).toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(found.toArray(CompletableFuture<?>[]::new))
                .thenApply(_ -> new Begun.At(new StreamPosition(
                        found.stream().map(CompletableFuture::join).toList())));
    }

    private StreamPosition earliest(StreamName stream) {
        return new StreamPosition(partitions(stream).stream()
                .map(partition -> needs.log.extent(partition).first())
                .toList());
    }

    private StreamPosition latest(StreamName stream) {
        return new StreamPosition(partitions(stream).stream()
                .map(partition -> needs.log.extent(partition).next())
                .toList());
    }

    private void each(Consumer<StreamReader> task) {
        open.forEach(each -> each.loop.execute(() -> task.accept(each.reader)));
    }

    void closed(StreamReader reader, ClientName client) {
        open.removeIf(each -> each.reader == reader);
        readers.release(client);
    }

    StreamRights rights(ClientName client) {
        return new StreamRights(needs.catalogs.current().client(client));
    }

    StreamBatch.Bounds bounds(StreamName stream) {
        return new StreamBatch.Bounds(
                earliest(stream).text(stream), latest(stream).text(stream));
    }

    Refusal gone(StreamName stream) {
        String earliest = earliest(stream).text(stream);
        return Refusal.of(
                        ErrorCode.POSITION_GONE,
                        "behind that position events of " + stream + " have been removed, since their retention is"
                                + " over; go on with after=" + earliest + " to read what is still there")
                .with("earliest", earliest);
    }

    /// In the order of their numbers.
    List<Partition> partitions(StreamName stream) {
        return List.copyOf(new TreeSet<>(needs.log.partitions(stream)));
    }

    EventLog log() {
        return needs.log;
    }

    News news() {
        return news;
    }

    ReadTurns turns() {
        return turns;
    }

    Filtering filtering() {
        return filtering;
    }

    LongSupplier nanos() {
        return needs.nanos;
    }

    Pace pace() {
        return pace;
    }

    StreamsConfig config() {
        return needs.config;
    }
}
