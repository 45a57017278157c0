package dev.tidings.broker.dead;

import dev.tidings.broker.catalog.Catalog;
import dev.tidings.broker.catalog.Catalogs;
import dev.tidings.broker.catalog.ClientEntry;
import dev.tidings.broker.catalog.ClientEntry.ConsumerRole;
import dev.tidings.broker.catalog.ClientEntry.Grant;
import dev.tidings.broker.catalog.ClientEntry.Quotas;
import dev.tidings.broker.dead.DeadEnvelope.DeadReport;
import dev.tidings.broker.dead.DeadEnvelope.Original;
import dev.tidings.broker.dead.DeadOutcome.Refused;
import dev.tidings.broker.dead.Resubmission.Content;
import dev.tidings.broker.dead.Resubmission.Target;
import dev.tidings.broker.groups.GroupRegistry;
import dev.tidings.broker.groups.GroupSettings;
import dev.tidings.broker.publishing.Admission;
import dev.tidings.engine.Batch;
import dev.tidings.engine.EventReader;
import dev.tidings.engine.Partition;
import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.TypeSelection;
import dev.tidings.engine.testkit.HandClock;
import dev.tidings.engine.testkit.MemoryEngine;
import dev.tidings.model.Bytes;
import dev.tidings.model.ClientName;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Event;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;
import dev.tidings.model.Refusal;
import dev.tidings.model.StreamName;
import dev.tidings.model.Submission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Dead events of two clients over an engine in memory, judged as a test says.
abstract class DeadFixture {
    static final ClientName CLINIC = new ClientName("clinic");
    static final ClientName BANK = new ClientName("bank");
    static final EventType PAID = new EventType("Acme.Shop.Order.Paid");
    static final EventType SENT = new EventType("Acme.Post.Parcel.Sent");
    static final StreamName SHOP = PAID.stream();

    final HandClock clock = new HandClock();
    final MemoryEngine engine = new MemoryEngine(clock);
    final List<Event> judged = new ArrayList<>();
    Optional<Refusal> verdict = Optional.empty();
    DeadEvents dead = deadEvents(DeadConfig.DEFAULT);

    DeadEvents deadEvents(DeadConfig config) {
        Admission admission = event -> {
            judged.add(event);
            return CompletableFuture.completedStage(verdict);
        };
        return new DeadEvents(
                new DeadEvents.Parts(
                        engine,
                        new Fixed(catalog()),
                        new SimpleSettlement(engine),
                        new GroupRegistry(engine.states()),
                        admission),
                config);
    }

    static Catalog catalog() {
        Grant grant = new Grant(true, Instant.EPOCH);
        ClientEntry clinic = new ClientEntry(
                CLINIC, "", List.of(), null, new ConsumerRole(Map.of(PAID, grant)), false, Quotas.DEFAULT);
        return new Catalog(1, new TreeMap<>(), new TreeMap<>(Map.of(CLINIC, clinic)));
    }

    private record Fixed(Catalog current) implements Catalogs {
        @Override
        public void onChange(Consumer<Catalog> listener) {}
    }

    void create(GroupName group) {
        create(group, null, UnaryOperator.identity());
    }

    /// @param types null: it reads all that its client may
    void create(GroupName group, @Nullable Set<EventType> types, UnaryOperator<GroupSettings> with) {
        GroupSettings settings = with.apply(new GroupSettings(types, 0, null, clock.instant()));
        now(engine.log().append(Batch.ofStates(List.of(GroupRegistry.put(group, settings)))));
    }

    void report(ClientName client, EventType type, String id) {
        store(envelope(new GroupName(client, GroupName.DEFAULT), DeadReason.REPORTED, original(type, id), null));
    }

    void store(DeadEnvelope envelope) {
        now(engine.log().append(Batch.ofEntries(List.of(envelope.toEntry()))));
    }

    DeadEnvelope envelope(GroupName group, DeadReason reason, Original original, Bytes reported) {
        EventType type = original == null ? DeadEnvelope.UNKNOWN_TYPE : type(original);
        DeadReport report = new DeadReport(group, "i", reason, 1, clock.instant());
        return new DeadEnvelope(type, report, reported, original);
    }

    static EventType type(Original original) {
        return original.json().toUtf8().contains(SENT.value()) ? SENT : PAID;
    }

    static Original original(EventType type, String id) {
        return new Original(
                Partition.only(type.stream()), 0, 0, false, event(type, id).json());
    }

    static Event event(EventType type, String id) {
        String json = "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"s\",\"type\":\"%s\",\"partitionkey\":\"k\"}"
                .formatted(id, type);
        return new Event(id, "s", type, "k", null, new Event.Data.None(), Bytes.utf8(json));
    }

    static Content edited(Event event) {
        return new Content.Edited(new Submission(List.of(event), List.of()));
    }

    static Resubmission as(Content content, Target target) {
        return new Resubmission(content, target);
    }

    List<String> list(DeadFilter filter) {
        return ids(now(dead.list(filter, null, 100)));
    }

    static List<String> ids(DeadPage page) {
        return page.events().stream().map(event -> event.id().toString()).toList();
    }

    static ErrorCode code(DeadOutcome outcome) {
        return ((Refused) outcome).refusal().code();
    }

    List<StoredEvent> in(StreamName stream) {
        try (EventReader reader = engine.log().reader(Partition.only(stream), TypeSelection.ALL)) {
            return now(reader.read(0, Integer.MAX_VALUE)).events();
        }
    }

    static <T> T now(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
