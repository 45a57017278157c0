package dev.tidings.broker.subscriptions;

import dev.tidings.broker.catalog.Catalogs;
import dev.tidings.broker.catalog.ClientEntry;
import dev.tidings.broker.consuming.GroupKeeping;
import dev.tidings.broker.consuming.Opening.Start;
import dev.tidings.broker.subscriptions.Subscription.State;
import dev.tidings.broker.subscriptions.Subscription.Status;
import dev.tidings.broker.subscriptions.SubscriptionOutcome.Done;
import dev.tidings.broker.subscriptions.SubscriptionOutcome.Refused;
import dev.tidings.engine.Engine;
import dev.tidings.model.Bytes;
import dev.tidings.model.ClientName;
import dev.tidings.model.EventType;
import dev.tidings.model.Refusal;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The subscriptions of all clients, each with the group it reads by. What one client asks for is done in that order.
/// May be used by any thread; stages complete exceptionally with [dev.tidings.engine.Unavailable].
public final class SubscriptionStore implements Subscriptions {
    private static final int ID_BYTES = 16;

    private final Parts parts;
    private final SubscriptionConfig config;
    private final Shelf shelf;
    private final Turns turns = new Turns();

    /// What subscriptions stand on.
    ///
    /// @param worker reads and judges what is asked for: no loop waits for that
    /// @param random names subscriptions and makes their secrets: not to be guessed
    public record Parts(
            Engine engine,
            GroupKeeping groups,
            Catalogs catalogs,
            Outbound outbound,
            InstantSource clock,
            SecureRandom random,
            Executor worker) {}

    /// Which subscription, as its owner names it.
    ///
    /// @param expected the version it has; null: whichever
    public record Target(
            ClientName client, String id, @Nullable Long expected) {}

    /// Loads what the engine holds.
    public SubscriptionStore(Parts parts, SubscriptionConfig config) {
        this.parts = parts;
        this.config = config;
        this.shelf = new Shelf(parts.engine(), parts.groups(), parts.outbound().seal());
        parts.catalogs().onChange(_ -> shelf.all().forEach(this::reconsider));
    }

    @Override
    public Collection<Subscription> all() {
        return shelf.all();
    }

    @Override
    public Optional<Subscription> find(String id) {
        return shelf.find(id);
    }

    @Override
    public void onChange(Listener listener) {
        shelf.onChange(listener);
    }

    @Override
    public CompletionStage<Void> end(String id, String reason) {
        return find(id).map(subscription -> end(subscription, reason)).orElse(CompletableFuture.completedStage(null));
    }

    @Override
    public void rest(Subscription subscription, Instant until) {
        shelf.rests().put(subscription, until);
    }

    @Override
    public Optional<Instant> restsUntil(Subscription subscription) {
        return shelf.rests().of(subscription);
    }

    @Override
    public boolean wants(String id, EventType type, long acceptedMillis) {
        return find(id).filter(subscription -> wants(subscription, type, acceptedMillis))
                .isPresent();
    }

    private boolean wants(Subscription subscription, EventType type, long acceptedMillis) {
        Set<EventType> types = subscription.interest().types();
        ClientEntry client = parts.catalogs().current().client(subscription.client());
        return (types == null || types.contains(type))
                && client != null
                && client.consumes() != null
                && client.consumes().reveals(subscription.group().name(), type, acceptedMillis);
    }

    /// The subscription, where it is this client's.
    public Optional<Subscription> find(ClientName client, String id) {
        return find(id).filter(subscription -> subscription.client().equals(client));
    }

    /// Those of a client, the oldest first.
    public List<Subscription> of(ClientName client) {
        return all().stream()
                .filter(subscription -> subscription.client().equals(client))
                .sorted(Comparator.comparing(Subscription::created).thenComparing(Subscription::id))
                .toList();
    }

    public Standing standing(Subscription subscription) {
        return Standing.of(subscription, parts.catalogs().current());
    }

    /// Why this client has nothing to do with subscriptions; null where it may have some.
    public @Nullable Refusal objection(ClientName client) {
        return rules(client).ofCaller();
    }

    /// Says that a client has no such subscription.
    public Refusal absent(String id) {
        return SubscriptionRules.notFound(id);
    }

    public CompletionStage<SubscriptionOutcome> create(ClientName client, Bytes body) {
        return turns.take(client, () -> {
            SubscriptionRules rules = rules(client);
            Refusal refusal = rules.ofCaller();
            return refusal == null ? drafted(rules, body, null, draft -> create(client, draft)) : refused(refusal);
        });
    }

    /// Puts what the body says in place of a subscription. It keeps its id, its place in its streams, its signing
    /// secret, and what the body cannot say again because nobody is shown it.
    public CompletionStage<SubscriptionOutcome> replace(Target target, Bytes body) {
        return change(
                target,
                before -> drafted(rules(target.client), body, before, draft -> {
                    Instant now = now();
                    Status status = status(before.status(), draft.paused(), now);
                    Subscription after = before.next(draft, status, now);
                    return done(before, after, null);
                }));
    }

    public CompletionStage<SubscriptionOutcome> pause(Target target, @Nullable String reason) {
        return change(
                target,
                before -> before.active()
                        ? done(before, before.next(new Status(State.PAUSED, reason, now()), now()), null)
                        : completed(before));
    }

    /// Lets a paused one go on where it was, and one that has ended begin anew, with what comes from now on.
    public CompletionStage<SubscriptionOutcome> resume(Target target) {
        return change(
                target,
                before -> before.active()
                        ? completed(before)
                        : done(before, before.next(new Status(State.ACTIVE, null, now()), now()), null));
    }

    /// Makes a new signing secret.
    ///
    /// @param overlap for how long the one before is used beside it; null: as configured
    public CompletionStage<SubscriptionOutcome> rotate(Target target, @Nullable Duration overlap) {
        return change(target, before -> {
            Instant now = now();
            Signing signing = new Signing(before.sink().signing());
            SigningSecret fresh = Signing.fresh(parts.random(), now);
            List<SigningSecret> secrets = signing.rotated(fresh, overlap == null ? config.overlap() : overlap, now);
            return done(before, before.next(before.sink().with(secrets), now), fresh.secret());
        });
    }

    /// Removes a subscription and the group it reads by. Completes once nothing of it is delivered any more.
    public CompletionStage<SubscriptionOutcome> delete(Target target) {
        return change(target, before -> shelf.remove(before).thenApply(_ -> new Done(before, null)));
    }

    private CompletionStage<SubscriptionOutcome> create(ClientName client, Draft draft) {
        Refusal refusal = rules(client).ofCount(of(client).size());
        if (refusal != null) {
            return refused(refusal);
        }
        byte[] id = new byte[ID_BYTES];
        parts.random().nextBytes(id);
        Instant now = now();
        SigningSecret signing = Signing.fresh(parts.random(), now);
        State state = Boolean.TRUE.equals(draft.paused()) ? State.PAUSED : State.ACTIVE;
        Subscription subscription = new Subscription(
                HexFormat.of().formatHex(id),
                client,
                1,
                new Status(state, null, now),
                draft.interest(),
                draft.sink().with(List.of(signing)),
                draft.handling(),
                now,
                now);
        Start start = draft.start() == null ? new Start.Latest() : draft.start();
        return shelf.create(subscription, start).thenApply(_ -> new Done(subscription, signing.secret()));
    }

    private CompletionStage<Void> end(Subscription subscription, String reason) {
        return turns.take(
                subscription.client(),
                () -> find(subscription.id())
                        .filter(now -> now.status().state() != State.ENDED)
                        .map(now -> shelf.put(now, now.next(new Status(State.ENDED, reason, now()), now())))
                        .orElse(CompletableFuture.completedStage(null)));
    }

    /// Whoever delivers is to look again what a subscription may have.
    private void reconsider(Subscription subscription) {
        turns.take(
                subscription.client(),
                () -> find(subscription.id()).map(shelf::tell).orElse(CompletableFuture.completedStage(null)));
    }

    private CompletionStage<SubscriptionOutcome> change(
            Target target, Function<Subscription, CompletionStage<SubscriptionOutcome>> action) {
        return turns.take(target.client, () -> {
            Refusal refusal = rules(target.client).ofCaller();
            if (refusal != null) {
                return refused(refusal);
            }
            Subscription before = find(target.client, target.id).orElse(null);
            if (before == null) {
                return refused(SubscriptionRules.notFound(target.id));
            }
            Refusal other = SubscriptionRules.ofVersion(before, target.expected);
            return other == null ? action.apply(before) : refused(other);
        });
    }

    private CompletionStage<SubscriptionOutcome> drafted(
            SubscriptionRules rules,
            Bytes body,
            @Nullable Subscription before,
            Function<Draft, CompletionStage<SubscriptionOutcome>> action) {
        return CompletableFuture.supplyAsync(() -> judged(rules, DraftReader.read(body, before)), parts.worker())
                .thenCompose(read -> switch (read) {
                    case DraftReader.Read.Refused(Refusal refusal) -> refused(refusal);
                    case DraftReader.Read.Drafted(Draft draft) -> action.apply(draft);
                });
    }

    private static DraftReader.Read judged(SubscriptionRules rules, DraftReader.Read read) {
        Refusal refusal = read instanceof DraftReader.Read.Drafted(Draft draft) ? rules.ofDraft(draft) : null;
        return refusal == null ? read : new DraftReader.Read.Refused(refusal);
    }

    private CompletionStage<SubscriptionOutcome> done(
            Subscription before, Subscription after, @Nullable Secret signing) {
        return shelf.put(before, after).thenApply(_ -> new Done(after, signing));
    }

    private static Status status(Status before, @Nullable Boolean paused, Instant now) {
        State wanted = paused == null ? before.state() : paused ? State.PAUSED : State.ACTIVE;
        boolean same = wanted == before.state() || before.state() == State.ENDED && wanted == State.PAUSED;
        return same ? before : new Status(wanted, null, now);
    }

    private SubscriptionRules rules(ClientName client) {
        return new SubscriptionRules(
                config, parts.outbound().guard(), parts.catalogs().current().client(client));
    }

    private Instant now() {
        return parts.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static CompletionStage<SubscriptionOutcome> completed(Subscription subscription) {
        return CompletableFuture.completedStage(new Done(subscription, null));
    }

    private static CompletionStage<SubscriptionOutcome> refused(Refusal refusal) {
        return CompletableFuture.completedStage(new Refused(refusal));
    }
}
