package dev.tidings.sim.truth;

import dev.tidings.broker.catalog.Catalog;
import dev.tidings.broker.catalog.ClientEntry;
import dev.tidings.broker.catalog.ClientEntry.Grant;
import dev.tidings.broker.streams.StreamBatch;
import dev.tidings.broker.streams.StreamPosition;
import dev.tidings.broker.streams.StreamQuery;
import dev.tidings.broker.streams.StreamStart;
import dev.tidings.engine.Partition;
import dev.tidings.model.ClientName;
import dev.tidings.model.StreamName;
import dev.tidings.model.StreamedEvent;
import dev.tidings.sim.node.Node;
import dev.tidings.sim.truth.StreamTruth.Stored;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// What is known of who reads a stream, from its opening to its end: where it is, and so what may and must come next.
public final class ReaderTruth {
    private final Truth truth;
    private final Who who;
    private final StreamQuery query;
    /// Behind what it was told last; -1: it was told nothing yet, and may begin later than it asked to.
    private long at = -1;
    private List<Catalog> before = List.of();

    /// Who reads what, in which process.
    public record Who(Node node, ClientName client, StreamName stream) {}

    public ReaderTruth(Truth truth, Who who, StreamQuery query) {
        this.truth = truth;
        this.who = who;
        this.query = query;
        if (query.start() instanceof StreamStart.After(String position)) {
            at = number(position);
        }
    }

    /// It asks for what comes next: that may be gathered while the catalog changes.
    public void asks() {
        before = catalogs();
    }

    private List<Catalog> catalogs() {
        return List.of(who.node.broker().catalogs().current(), who.node.known(who.client));
    }

    /// It is told this.
    public void told(StreamBatch.Events batch) {
        for (StreamedEvent event : batch.events()) {
            long position = number(event.position()) - 1;
            expectNothingPassedOver(position);
            told(event, position);
            at = position + 1;
        }
        long next = number(batch.place().next());
        truth.expect(next >= at, "a reader only goes forward", () -> this + " is at " + next);
        expectNothingPassedOver(next);
        at = next;
    }

    private void told(StreamedEvent event, long position) {
        String id = Sent.idIn(event.json());
        Stored stored = truth.log.stream(who.stream).events.get(position);
        truth.expect(
                stored != null && stored.id().equals(id) && stored.millis() == event.acceptedMillis(),
                "what is read stands where it is said to",
                () -> this + " was told " + id + " at " + position + " where " + stored + " stands");
        truth.expect(position >= at, "a stream is read in order", () -> this + " was told " + id + " at " + position);
        Sent sent = truth.find(id);
        truth.expect(
                Stream.of(before, catalogs())
                        .flatMap(List::stream)
                        .anyMatch(catalog -> isGranted(catalog, sent, event.acceptedMillis())),
                "a reader is told what its client was granted",
                () -> this + " was told " + sent);
        truth.expect(isWanted(sent), "a reader is told what it asked for", () -> this + " was told " + sent);
    }

    /// Whoever goes on from somewhere misses nothing, whatever has been removed since: it would have been told.
    private void expectNothingPassedOver(long next) {
        long first = at >= 0 ? at : beginning();
        for (Stored stored : truth.log.stream(who.stream)
                .events
                .subMap(first, Math.max(first, next))
                .values()) {
            Sent sent = truth.log.find(stored.id());
            boolean meant = sent != null && isWanted(sent) && isMeant(stored, sent);
            truth.expect(!meant, "a reader misses nothing", () -> this + " passed over " + sent + " at " + stored);
        }
    }

    /// What is there now was there when it began.
    private long beginning() {
        return query.start() instanceof StreamStart.Latest ? Long.MAX_VALUE : first();
    }

    private boolean isMeant(Stored stored, Sent sent) {
        boolean since = at >= 0
                || !(query.start() instanceof StreamStart.Since(Instant time))
                || stored.millis() >= time.toEpochMilli();
        return since
                && truth.isSteady(who.client, sent.type.value())
                && catalogs().stream().allMatch(catalog -> isGranted(catalog, sent, stored.millis()));
    }

    private boolean isGranted(Catalog catalog, Sent event, long millis) {
        ClientEntry entry = catalog.client(who.client);
        Grant grant = entry == null || entry.consumes() == null
                ? null
                : entry.consumes().types().get(event.type);
        return grant != null && grant.reveals(millis);
    }

    private boolean isWanted(Sent event) {
        boolean ofItsTypes = query.types() == null || query.types().contains(event.type);
        return ofItsTypes && (query.filter() == null || !event.id.endsWith("7"));
    }

    /// It is told that what it would read is gone.
    public void gone() {
        truth.expect(
                at >= 0 && at < first(),
                "only what was removed is gone",
                () -> this + " at " + at + " of a stream that begins at " + first());
    }

    private long first() {
        return who.node.engine().log().extent(Partition.only(who.stream)).first();
    }

    private long number(String position) {
        StreamPosition parsed = StreamPosition.parse(who.stream, 1, position).orElse(null);
        truth.expect(parsed != null, "a position can be read", position);
        return parsed == null ? -1 : parsed.next().getFirst();
    }

    @Override
    public String toString() {
        return who.client + " who reads " + who.stream + " from " + query.start();
    }
}
