package dev.tidings.broker.consuming;

import dev.tidings.broker.catalog.ClientEntry;
import dev.tidings.broker.catalog.ClientEntry.ConsumerRole;
import dev.tidings.broker.consuming.Admission.Opener;
import dev.tidings.broker.groups.ClientAllowance;
import dev.tidings.broker.groups.ClientLane;
import dev.tidings.broker.groups.Facilities;
import dev.tidings.broker.groups.Group;
import dev.tidings.broker.groups.Turn;
import dev.tidings.broker.loop.Loop;
import dev.tidings.broker.pressure.InstanceRate;
import dev.tidings.engine.Batch;
import dev.tidings.engine.Batch.StateChange;
import dev.tidings.model.ClientName;
import dev.tidings.model.Delivery;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.GroupName;
import dev.tidings.model.Lane;
import dev.tidings.model.Refusal;
import dev.tidings.model.ReportedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All consuming of one client, on its loop. What is asked takes effect at once; then, in the next turn, events are
/// handed out and cursors stored.
final class ClientDesk {
    private static final Logger LOG = LoggerFactory.getLogger(ClientDesk.class);
    private static final ConsumerRole NOTHING = new ConsumerRole(Map.of());
    private static final Duration SOON = Duration.ofSeconds(1);

    private final ClientName client;
    private final Consuming.Needs needs;
    private final Loop loop;
    private final Turn turn;
    private final DeadReports reports;
    private final GroupStatuses statuses;
    private final GroupSeats seats;
    private final GroupChanges changes;
    private final Lanes lanes;
    private final Set<Session> sessions = new LinkedHashSet<>();
    private List<Session> touched = new ArrayList<>();
    private int opening;
    private boolean draining;

    ClientDesk(ClientName client, Consuming.Needs needs, Consuming.Shared shared) {
        this.client = client;
        this.needs = needs;
        this.loop = needs.loops().of(client);
        this.turn = new Turn(loop, this::takeTurn);
        ConsumingConfig config = needs.config();
        Facilities facilities = new Facilities(
                needs.engine(),
                shared.news(),
                loop,
                turn,
                needs.clock(),
                shared.memory(),
                new ClientAllowance(shared.pool()),
                shared.filtering(),
                shared.throttles(),
                new Facilities.Limits(config.waiting(), config.readBytes(), config.firstRetry(), config.lastRetry()));
        this.statuses = new GroupStatuses(facilities);
        this.reports = new DeadReports(facilities);
        this.seats = new GroupSeats(new GroupSeats.Owner(client, this::role), facilities, reports, this::failed);
        this.changes = new GroupChanges(seats, facilities);
        this.lanes = new Lanes(client, config, facilities, this::failed);
    }

    Loop loop() {
        return loop;
    }

    Turn turn() {
        return turn;
    }

    GroupSeats seats() {
        return seats;
    }

    CompletionStage<Opened> open(Opening wanted, Outlet outlet, Opener opener) {
        ClientEntry entry = needs.catalogs().current().client(client);
        Admission admission = new Admission(needs.config(), entry, opener);
        Refusal refusal = refusal(wanted, opener);
        if (refusal == null) {
            refusal = admission.ofInstances(clients() + opening);
        }
        if (refusal != null || entry == null || entry.consumes() == null) {
            return refused(refusal == null ? drained() : refusal);
        }
        GroupName name = new GroupName(client, wanted.group());
        if (!wanted.lanes().contains(Lane.EVENTS)) {
            return open(wanted, outlet, null, opener);
        }
        return switch (seats.take(name, wanted, admission)) {
            case GroupSeats.Found.Refused(Refusal why) -> refused(why);
            case GroupSeats.Found.Taken(Seat seat) -> open(wanted, outlet, seat, opener);
        };
    }

    CompletionStage<Void> create(Opening opening, List<StateChange> together) {
        return changes.create(new GroupName(client, opening.group()), opening, together);
    }

    CompletionStage<Void> change(Opening opening, List<StateChange> together) {
        GroupName name = new GroupName(client, opening.group());
        return changes.change(
                new GroupChanges.Change(name, opening, together), role(), () -> of(name).forEach(Session::recall));
    }

    CompletionStage<Void> delete(GroupName name, List<StateChange> together) {
        return changes.delete(name, together, () -> of(name).forEach(session -> session.end(Outlet.Ending.REVOKED)));
    }

    CompletionStage<Optional<Refusal>> deleteUnused(GroupName name) {
        return changes.deleteUnused(name);
    }

    private List<Session> of(GroupName name) {
        return sessions.stream()
                .filter(session ->
                        session.group() != null && session.group().name().equals(name))
                .toList();
    }

    private ConsumerRole role() {
        ClientEntry entry = needs.catalogs().current().client(client);
        return entry == null || entry.consumes() == null ? NOTHING : entry.consumes();
    }

    /// Takes over what the catalog says now.
    void catalogChanged() {
        ClientEntry entry = needs.catalogs().current().client(client);
        ConsumerRole role = entry == null ? null : entry.consumes();
        if (role == null) {
            end(_ -> true, Outlet.Ending.REVOKED);
            return;
        }
        sessions.forEach(Session::recall);
        Set<Group> emptied = seats.select();
        end(session -> session.group() != null && emptied.contains(session.group()), Outlet.Ending.REVOKED);
        turn.ask();
    }

    CompletionStage<Instance.Settlement> dead(Session session, ReportedEvent reported) {
        CompletionStage<Instance.Settlement> settled = reports.report(session, reported);
        turn.ask();
        return settled;
    }

    CompletionStage<Instance.Settlement> giveUp(Session session, long offset, String detail) {
        CompletionStage<Instance.Settlement> settled = reports.giveUp(session, offset, detail);
        turn.ask();
        return settled;
    }

    CompletionStage<Boolean> settleDead(long position, Batch together) {
        return lanes.settleDead(position, together);
    }

    /// Ends all instances, once what they confirmed is stored, or can't be; completes when all have ended.
    CompletionStage<Void> drain() {
        draining = true;
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        for (Session session : List.copyOf(sessions)) {
            session.ledger().withdraw();
            ends.add(session.durable()
                    .handle((_, _) -> {
                        session.end(Outlet.Ending.DRAINING);
                        return session.durable();
                    })
                    .thenCompose(stored -> stored.exceptionally(_ -> null))
                    .toCompletableFuture());
        }
        turn.ask();
        return CompletableFuture.allOf(ends.toArray(CompletableFuture<?>[]::new));
    }

    CompletionStage<List<GroupStatus>> statuses() {
        ClientEntry entry = needs.catalogs().current().client(client);
        return statuses.of(seats, entry == null ? null : entry.consumes());
    }

    CompletionStage<Optional<GroupStatus>> status(GroupName name) {
        if (seats.settings(name) == null) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        ClientEntry entry = needs.catalogs().current().client(client);
        return statuses.of(name, seats, entry == null ? null : entry.consumes()).thenApply(Optional::of);
    }

    void touched(Session session) {
        touched.add(session);
    }

    void ended(Session session) {
        sessions.remove(session);
    }

    int instances() {
        return sessions.size();
    }

    private CompletionStage<Opened> open(Opening wanted, Outlet outlet, @Nullable Seat seat, Opener opener) {
        opening++;
        CompletionStage<Void> groupReady = seat == null ? CompletableFuture.completedStage(null) : seat.ready;
        return groupReady
                .thenCombine(lanes.open(wanted.lanes()), (_, open) -> open)
                .handle((open, failure) -> {
                    opening--;
                    lanes.used(wanted.lanes());
                    if (seat != null) {
                        seat.expected--;
                    }
                    turn.ask();
                    if (failure == null) {
                        Refusal admitted = refusal(wanted, opener);
                        return CompletableFuture.completedStage(
                                admitted == null ? admit(wanted, outlet, seat, open) : new Opened.Refused(admitted));
                    }
                    if (seat != null && seat.ready.toCompletableFuture().isCompletedExceptionally()) {
                        seats.abandon(seat);
                    }
                    return CompletableFuture.<Opened>failedStage(failure);
                })
                .thenCompose(opened -> opened);
    }

    private @Nullable Refusal refusal(Opening wanted, Opener opener) {
        if (draining) {
            return drained();
        }
        ClientEntry entry = needs.catalogs().current().client(client);
        Refusal refusal = new Admission(needs.config(), entry, opener).ofOpening(wanted);
        return refusal == null && seats.isLeaving(new GroupName(client, wanted.group()))
                ? GroupSeats.BEING_DELETED
                : refusal;
    }

    /// How many instances clients have open.
    private int clients() {
        return (int) sessions.stream()
                .filter(session ->
                        session.group() == null || !session.group().name().own())
                .count();
    }

    private Opened admit(Opening wanted, Outlet outlet, @Nullable Seat seat, List<ClientLane> open) {
        Integer inflight = wanted.inflight();
        Session session = new Session(
                this,
                new Session.Parts(
                        needs.newId(),
                        new GroupName(client, wanted.group()),
                        inflight == null ? needs.config().inflight() : inflight,
                        outlet,
                        wanted.patience(),
                        seat == null ? null : seat.group,
                        open));
        sessions.add(session);
        Integer rate = wanted.maxRate();
        if (rate != null) {
            InstanceRate.limit(session.ledger(), rate, new InstanceRate.Clock(needs.nanos(), loop), turn::ask);
        }
        return new Opened.Open(new SessionHandle(this, session));
    }

    private void takeTurn() {
        boolean more = seats.pump();
        more |= lanes.pump();
        List<Session> flushed = touched;
        touched = new ArrayList<>();
        flushed.forEach(Session::flush);
        seats.store();
        lanes.store();
        flushed.forEach(Session::endImpatience);
        if (more) {
            turn.ask();
        }
    }

    private void end(Predicate<Session> which, Outlet.Ending ending) {
        for (Session session : List.copyOf(sessions)) {
            if (which.test(session)) {
                session.end(ending);
            }
        }
    }

    private void failed(Group group, Throwable failure) {
        LOG.error("group {} can't read on", group.name(), failure);
        end(session -> session.group() == group, Outlet.Ending.FAILED);
    }

    private void failed(Lane lane, Throwable failure) {
        LOG.error("the {} lane of {} can't read on", lane, client, failure);
        end(session -> session.lane(lane) != null, Outlet.Ending.FAILED);
    }

    private static Refusal drained() {
        return Refusal.retryable(ErrorCode.NOT_READY, "the broker is shutting down", SOON);
    }

    private static CompletionStage<Opened> refused(Refusal refusal) {
        return CompletableFuture.completedStage(new Opened.Refused(refusal));
    }

    /// Polls of a session, with a timeout of zero for one pass.
    CompletionStage<List<Delivery>> poll(Session session, int maxEvents, int maxBytes, Duration timeout) {
        CompletableFuture<List<Delivery>> answer = new CompletableFuture<>();
        boolean impatient = timeout.isZero() || timeout.isNegative();
        session.poll(new Poll(maxEvents, impatient, answer), maxBytes, timeout);
        return answer;
    }
}
