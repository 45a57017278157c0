package dev.tidings.broker.consuming;

import dev.tidings.broker.catalog.Catalogs;
import dev.tidings.broker.consuming.Admission.Opener;
import dev.tidings.broker.groups.ClientAllowance;
import dev.tidings.broker.groups.Filtering;
import dev.tidings.broker.groups.GroupRegistry;
import dev.tidings.broker.groups.News;
import dev.tidings.broker.groups.ReadMemory;
import dev.tidings.broker.lanes.LaneSettlement;
import dev.tidings.broker.loop.Loops;
import dev.tidings.broker.pressure.Throttled;
import dev.tidings.broker.pressure.Throttles;
import dev.tidings.broker.pressure.TypeLoad;
import dev.tidings.engine.Batch;
import dev.tidings.engine.Batch.StateChange;
import dev.tidings.engine.Engine;
import dev.tidings.filter.Compilation;
import dev.tidings.filter.EventFilter;
import dev.tidings.model.Caller;
import dev.tidings.model.ClientName;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.GroupName;
import dev.tidings.model.Refusal;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// All consuming of this process: each client's groups, lanes and instances, on the client's loop.
public final class Consuming implements Instances, LaneSettlement {
    private static final int ID_BYTES = 16;

    private final Needs needs;
    private final Shared shared;
    private final Map<ClientName, ClientDesk> desks = new ConcurrentHashMap<>();

    /// What consuming works with.
    ///
    /// @param nanos  a clock that only goes forward, for rates
    /// @param worker compiles filters
    public record Needs(
            Engine engine,
            Catalogs catalogs,
            Loops loops,
            ConsumingConfig config,
            InstantSource clock,
            LongSupplier nanos,
            SecureRandom random,
            Executor worker) {
        String newId() {
            byte[] id = new byte[ID_BYTES];
            random.nextBytes(id);
            return HexFormat.of().formatHex(id);
        }
    }

    /// What the desks of all clients have in common.
    record Shared(News news, ReadMemory memory, ClientAllowance.Pool pool, Filtering filtering, Throttles throttles) {}

    public Consuming(Needs needs) {
        this.needs = needs;
        this.shared = new Shared(
                new News(),
                new ReadMemory(needs.config().kept().bytes()),
                new ClientAllowance.Pool(needs.config().unsettled()),
                new Filtering(needs.worker()),
                new Throttles(needs.clock(), needs.nanos()));
        needs.engine().log().onAppend(shared.news());
        needs.catalogs().onChange(catalog -> {
            shared.throttles().adopt(catalog);
            desks.values().forEach(desk -> desk.loop().execute(desk::catalogChanged));
        });
        shared.throttles().adopt(needs.catalogs().current());
    }

    @Override
    public CompletionStage<Opened> open(Caller caller, Opening opening, Outlet outlet) {
        return open(caller, opening, outlet, Opener.CLIENT);
    }

    /// Opens instances for the broker itself: also in groups that no client gets into, of which it creates none, and
    /// beyond what a client may have open.
    public Instances own() {
        return (caller, opening, outlet) -> open(caller, opening, outlet, Opener.BROKER);
    }

    /// The groups themselves.
    public GroupKeeping groups() {
        return new Groups();
    }

    private CompletionStage<Opened> open(Caller caller, Opening opening, Outlet outlet, Opener opener) {
        return filtered(
                opening,
                canonical -> onLoop(desk(caller.client()), desk -> desk.open(canonical, outlet, opener)),
                flawed -> CompletableFuture.completedStage(new Opened.Refused(Refusal.of(
                        ErrorCode.INVALID_PARAMETER, "parameter 'filter' is a filter; " + flawed.detail()))));
    }

    /// Compiles the filter of an opening, for which no loop waits, and goes on with the canonical text of it.
    private <T> CompletionStage<T> filtered(
            Opening opening,
            Function<Opening, CompletionStage<T>> then,
            Function<Compilation.Flawed, CompletionStage<T>> otherwise) {
        String filter = opening.filter();
        if (filter == null) {
            return then.apply(opening);
        }
        return shared.filtering().compile(filter).thenCompose(compilation -> switch (compilation) {
            case Compilation.Compiled(EventFilter compiled) -> then.apply(opening.withFilter(compiled.canonical()));
            case Compilation.Flawed flawed -> otherwise.apply(flawed);
        });
    }

    @Override
    public CompletionStage<Boolean> settle(ClientName client, long position, Batch together) {
        return onLoop(desk(client), desk -> desk.settleDead(position, together));
    }

    /// Ends all instances once what they have confirmed is stored, and opens none any more. Completes when all have
    /// ended.
    public CompletionStage<Void> drain() {
        List<CompletableFuture<Void>> drained = new ArrayList<>();
        for (ClientDesk desk : desks.values()) {
            drained.add(onLoop(desk, ClientDesk::drain).toCompletableFuture());
        }
        return CompletableFuture.allOf(drained.toArray(CompletableFuture<?>[]::new));
    }

    /// How the types are delivered of which the catalog limits how fast that may be.
    public List<TypeLoad> loads() {
        return shared.throttles().loads();
    }

    /// What holds back the groups of a client, of what types may be delivered at.
    public CompletionStage<Map<GroupName, List<Throttled>>> throttled(ClientName client) {
        return onLoop(
                desk(client),
                desk -> CompletableFuture.completedStage(desk.seats().throttled()));
    }

    /// How every group of every client is.
    public CompletionStage<List<GroupStatus>> statuses() {
        Set<ClientName> clients = new HashSet<>(desks.keySet());
        new GroupRegistry(needs.engine().states()).all().keySet().forEach(group -> clients.add(group.client()));
        CompletionStage<List<GroupStatus>> all = CompletableFuture.completedStage(List.of());
        for (ClientName client : clients) {
            all = all.thenCombine(onLoop(desk(client), ClientDesk::statuses), Consuming::joined);
        }
        return all;
    }

    /// Whether there never was such a client, or nothing is left of it: it needs no desk.
    private boolean isUnknown(ClientName client) {
        return !desks.containsKey(client)
                && needs.catalogs().current().client(client) == null
                && new GroupRegistry(needs.engine().states()).of(client).isEmpty();
    }

    private final class Groups implements GroupKeeping {
        @Override
        public CompletionStage<Void> create(ClientName client, Opening opening, List<StateChange> together) {
            return filtered(
                    opening, found -> onLoop(desk(client), desk -> desk.create(found, together)), Groups::failed);
        }

        @Override
        public CompletionStage<Void> change(ClientName client, Opening opening, List<StateChange> together) {
            return filtered(
                    opening, found -> onLoop(desk(client), desk -> desk.change(found, together)), Groups::failed);
        }

        /// Whoever asks has judged the filter before.
        private static CompletionStage<Void> failed(Compilation.Flawed flawed) {
            return CompletableFuture.failedStage(new IllegalArgumentException(flawed.detail()));
        }

        @Override
        public CompletionStage<Void> delete(GroupName group, List<StateChange> together) {
            return onLoop(desk(group.client()), desk -> desk.delete(group, together));
        }

        @Override
        public CompletionStage<Optional<Refusal>> deleteUnused(GroupName group) {
            if (isUnknown(group.client())) {
                return CompletableFuture.completedStage(Optional.of(GroupChanges.notThere(group)));
            }
            return onLoop(desk(group.client()), desk -> desk.deleteUnused(group));
        }

        @Override
        public CompletionStage<Optional<GroupStatus>> status(GroupName group) {
            return onLoop(desk(group.client()), desk -> desk.status(group));
        }

        @Override
        public CompletionStage<List<GroupStatus>> of(ClientName client) {
            if (isUnknown(client)) {
                return CompletableFuture.completedStage(List.of());
            }
            return onLoop(desk(client), ClientDesk::statuses)
                    .thenApply(groups -> groups.stream()
                            .filter(status -> !status.group().own())
                            .sorted(Comparator.comparing(GroupStatus::group))
                            .toList());
        }
    }

    static <T> List<T> joined(List<T> some, List<T> more) {
        List<T> both = new ArrayList<>(some);
        both.addAll(more);
        return both;
    }

    private ClientDesk desk(ClientName client) {
        return desks.computeIfAbsent(client, name -> new ClientDesk(name, needs, shared));
    }

    static <T> CompletionStage<T> onLoop(ClientDesk desk, Function<ClientDesk, CompletionStage<T>> asked) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        desk.loop()
                .execute(() -> asked.apply(desk).whenComplete((result, failure) -> {
                    if (failure == null) {
                        answer.complete(result);
                    } else {
                        answer.completeExceptionally(failure);
                    }
                }));
        return answer;
    }
}
