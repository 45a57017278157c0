package dev.tidings.sim.actors;

import dev.tidings.broker.streams.StreamBatch;
import dev.tidings.broker.streams.StreamQuery;
import dev.tidings.broker.streams.StreamReader;
import dev.tidings.broker.streams.StreamReading.Opened;
import dev.tidings.broker.streams.StreamStart;
import dev.tidings.engine.testkit.HandClock;
import dev.tidings.model.Caller;
import dev.tidings.model.ClientName;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.EventType;
import dev.tidings.model.Refusal;
import dev.tidings.model.StreamName;
import dev.tidings.sim.node.Node;
import dev.tidings.sim.truth.ReaderTruth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Reads a stream, from its beginning, from a time, from its end, and again from places it was told of long ago.
final class Reader implements Actor {
    private static final int REMEMBERED = 20;
    private static final int PIECES = 10_000;
    private static final String FILTER = "{\"not\":{\"suffix\":{\"id\":\"7\"}}}";

    private final World world;
    private final ClientName client;
    private final StreamName stream;
    private final SplittableRandom random;
    private final List<String> places = new ArrayList<>();

    Reader(World world, ClientName client, SplittableRandom random) {
        this.world = world;
        this.client = client;
        this.random = random;
        List<EventType> types = world.plan().queueReader().client().equals(client)
                ? Plan.TYPES
                : Plan.TYPES.stream().filter(type -> !type.equals(Plan.QUEUE)).toList();
        this.stream = types.get(random.nextInt(types.size())).stream();
    }

    @Override
    public void act() {
        for (int turns = random.nextInt(12); turns > 0; turns--) {
            world.rest(random, 600);
            Session session = open(query());
            if (session != null) {
                for (int pieces = random.nextInt(6); pieces >= 0 && next(session, piece()) != null; pieces--) {
                    world.rest(random, 200);
                }
                session.reader.close();
            }
        }
    }

    private StreamQuery query() {
        StreamStart start = switch (random.nextInt(8)) {
            case 0 -> new StreamStart.Earliest();
            case 1 -> new StreamStart.Latest();
            case 2 -> new StreamStart.Since(HandClock.START.plus(Duration.ofMillis(random.nextInt(3_000))));
            default ->
                places.isEmpty()
                        ? new StreamStart.Earliest()
                        : new StreamStart.After(places.get(random.nextInt(places.size())));
        };
        List<EventType> types =
                Plan.TYPES.stream().filter(type -> type.stream().equals(stream)).toList();
        Set<EventType> some = random.nextInt(4) == 0 ? Set.of(types.get(random.nextInt(types.size()))) : null;
        return new StreamQuery(stream.value(), start, some, random.nextInt(5) == 0 ? FILTER : null);
    }

    private StreamReader.Want piece() {
        Duration patience = Duration.ofMillis(random.nextInt(4) == 0 ? random.nextInt(2_000) : 0);
        return new StreamReader.Want(1 + random.nextInt(20), 1 + random.nextInt(4_000), patience);
    }

    /// A reader that is open, in the hands of its client.
    private record Session(Node node, StreamReader reader, ReaderTruth truth) {}

    /// What it is told next; null where it was told nothing, or that it can't go on.
    private StreamBatch.@Nullable Events next(Session session, StreamReader.Want want) {
        Answer<StreamBatch> answer = world.line().ask(session.node, () -> {
            session.truth.asks();
            return session.reader.next(want).thenApply(batch -> {
                told(session.truth, batch);
                return batch;
            });
        });
        return answer instanceof Answer.Value<StreamBatch>(StreamBatch.Events events) ? events : null;
    }

    private void told(ReaderTruth truth, StreamBatch batch) {
        switch (batch) {
            case StreamBatch.Events events -> {
                world.trace()
                        .note("  " + truth + " is told of " + events.events().size());
                truth.told(events);
                remember(events);
            }
            case StreamBatch.Ended(Refusal refusal) -> {
                world.trace().note("  " + truth + " is ended: " + refusal.code());
                ended(truth, refusal);
            }
        }
    }

    private void remember(StreamBatch.Events events) {
        events.events().forEach(event -> places.add(event.position()));
        places.add(events.place().next());
        places.add(events.place().bounds().earliest());
        places.add(events.place().bounds().latest());
        while (places.size() > REMEMBERED) {
            places.remove(random.nextInt(places.size()));
        }
    }

    private void ended(ReaderTruth truth, Refusal refusal) {
        switch (refusal.code()) {
            case POSITION_GONE -> truth.gone();
            case NOT_ALLOWED, NOT_FOUND, NOT_READY ->
                world.truth()
                        .expect(
                                refusal.code() == ErrorCode.NOT_READY || world.hasChangedGrants(),
                                "who may read is let",
                                truth + ": " + refusal);
            default -> world.truth().expect(false, "who may read is let", truth + ": " + refusal);
        }
    }

    /// Whoever has lost the answer has lost the connection, and what was opened for it is closed.
    private @Nullable Session open(StreamQuery query) {
        Node node = world.nodeUp();
        ReaderTruth truth = new ReaderTruth(world.truth(), new ReaderTruth.Who(node, client, stream), query);
        CompletableFuture<Boolean> lost = new CompletableFuture<>();
        Answer<Opened> answer = world.line()
                .ask(
                        node,
                        () -> node.broker()
                                .streams()
                                .open(new Caller(client), query)
                                .thenApply(opened -> {
                                    switch (opened) {
                                        case Opened.Opening(StreamReader reader) -> {
                                            var _ = lost.thenRun(reader::close);
                                        }
                                        case Opened.Refused(Refusal refusal) -> ended(truth, refusal);
                                    }
                                    return opened;
                                }));
        if (answer instanceof Answer.Value<Opened>(Opened.Opening(StreamReader reader))) {
            return new Session(node, reader, truth);
        }
        lost.complete(true);
        return null;
    }

    /// Reads all there is.
    void finish() {
        Session session = open(new StreamQuery(stream.value(), new StreamStart.Earliest(), null, null));
        if (session != null) {
            StreamReader.Want want = new StreamReader.Want(20, 4_000, Duration.ZERO);
            boolean atEnd = false;
            for (int pieces = 0; pieces < PIECES && !atEnd; pieces++) {
                StreamBatch.Events events = next(session, want);
                atEnd = events != null && events.place().atEnd();
            }
            world.truth().expect(atEnd, "a stream can be read to its end", session.truth.toString());
            session.reader.close();
        }
    }
}
