package dev.tidings.broker.dead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.catalog.Catalog;
import dev.tidings.broker.catalog.Catalogs;
import dev.tidings.broker.catalog.ClientEntry;
import dev.tidings.broker.catalog.ClientEntry.ConsumerRole;
import dev.tidings.broker.catalog.ClientEntry.Grant;
import dev.tidings.broker.catalog.ClientEntry.Quotas;
import dev.tidings.broker.dead.DeadEnvelope.DeadReport;
import dev.tidings.broker.dead.DeadEnvelope.Original;
import dev.tidings.broker.dead.DeadOutcome.Done;
import dev.tidings.broker.dead.DeadOutcome.Many;
import dev.tidings.broker.dead.DeadOutcome.Refused;
import dev.tidings.broker.dead.Resubmission.Content;
import dev.tidings.broker.dead.Resubmission.Target;
import dev.tidings.broker.lanes.LaneStreams;
import dev.tidings.broker.publishing.Admission;
import dev.tidings.engine.Batch;
import dev.tidings.engine.EventReader;
import dev.tidings.engine.Partition;
import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.TypeSelection;
import dev.tidings.engine.Unavailable;
import dev.tidings.engine.testkit.HandClock;
import dev.tidings.engine.testkit.MemoryEngine;
import dev.tidings.model.Bytes;
import dev.tidings.model.ClientName;
import dev.tidings.model.DataSize;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Event;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;
import dev.tidings.model.Refusal;
import dev.tidings.model.StreamName;
import dev.tidings.model.Submission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class DeadEventsTest {
    private static final ClientName CLINIC = new ClientName("clinic");
    private static final ClientName BANK = new ClientName("bank");
    private static final EventType PAID = new EventType("Acme.Shop.Order.Paid");
    private static final EventType SENT = new EventType("Acme.Post.Parcel.Sent");
    private static final StreamName SHOP = PAID.stream();

    private final HandClock clock = new HandClock();
    private final MemoryEngine engine = new MemoryEngine(clock);
    private final List<Event> judged = new ArrayList<>();
    private Optional<Refusal> verdict = Optional.empty();
    private DeadEvents dead = deadEvents(DeadConfig.DEFAULT);

    @Test
    void listsByClientThenAge() {
        report(CLINIC, PAID, "a");
        report(BANK, PAID, "b");
        report(CLINIC, SENT, "c");

        DeadPage page = now(dead.list(DeadFilter.ALL, null, 100));

        assertThat(ids(page)).containsExactly("bank~0", "clinic~0", "clinic~1");
        assertThat(page.next()).isNull();
        assertThat(page.events().getFirst().since()).isEqualTo(clock.instant());
    }

    @Test
    void listsNothingWhereNothingIsDead() {
        assertThat(now(dead.list(DeadFilter.ALL, null, 1))).isEqualTo(new DeadPage(List.of(), null));
    }

    @Test
    void filtersByWhatIsKnownOfTheReport() {
        report(CLINIC, PAID, "a");
        clock.advance(Duration.ofMinutes(10));
        report(BANK, SENT, "b");
        store(envelope(CLINIC, "slow", DeadReason.MAX_DELIVERIES, original(PAID, "c"), null));
        Instant later = clock.instant();

        assertThat(list(new DeadFilter(CLINIC, null, null, null, null, null))).containsExactly("clinic~0", "clinic~1");
        assertThat(list(new DeadFilter(null, "slow", null, null, null, null))).containsExactly("clinic~1");
        assertThat(list(new DeadFilter(null, null, SENT, null, null, null))).containsExactly("bank~0");
        assertThat(list(new DeadFilter(null, null, null, DeadReason.REPORTED, null, null)))
                .containsExactly("bank~0", "clinic~0");
        assertThat(list(new DeadFilter(null, null, null, null, later, null))).containsExactly("bank~0", "clinic~1");
        assertThat(list(new DeadFilter(null, null, null, null, null, later))).containsExactly("clinic~0");
        assertThat(list(new DeadFilter(BANK, null, PAID, null, null, null))).isEmpty();
    }

    @Test
    void goesOnWhereAPageEnded() {
        for (int i = 0; i < 5; i++) {
            report(CLINIC, PAID, "c" + i);
            report(BANK, PAID, "b" + i);
        }

        List<String> all = new ArrayList<>();
        DeadPage page = now(dead.list(DeadFilter.ALL, null, 3));
        all.addAll(ids(page));
        while (page.next() != null) {
            assertThat(page.events()).hasSize(3);
            page = now(dead.list(DeadFilter.ALL, page.next(), 3));
            all.addAll(ids(page));
        }

        assertThat(all)
                .containsExactly(
                        "bank~0",
                        "bank~1",
                        "bank~2",
                        "bank~3",
                        "bank~4",
                        "clinic~0",
                        "clinic~1",
                        "clinic~2",
                        "clinic~3",
                        "clinic~4");
    }

    @Test
    void searchesOnlySoMuchForOnePage() {
        dead = deadEvents(new DeadConfig(100, new DataSize(1_000), 100));
        for (int i = 0; i < 2_000; i++) {
            report(CLINIC, PAID, "c" + i);
        }
        DeadFilter rare = new DeadFilter(null, "rare", null, null, null, null);
        store(envelope(CLINIC, "rare", DeadReason.REPORTED, original(PAID, "x"), null));

        DeadPage page = now(dead.list(rare, null, 10));
        assertThat(page.events()).isEmpty();
        assertThat(page.next()).isNotNull();

        while (page.next() != null) {
            page = now(dead.list(rare, page.next(), 10));
        }
        assertThat(ids(page)).containsExactly("clinic~2000");
    }

    @Test
    void searchesOnlySoManyLanesForOnePage() {
        dead = deadEvents(new DeadConfig(100, DataSize.ofMebibytes(1), 2));
        for (String name : List.of("a", "b", "c", "d", "e")) {
            report(new ClientName(name), PAID, name);
        }

        DeadPage first = now(dead.list(DeadFilter.ALL, null, 100));

        assertThat(ids(first)).containsExactly("a~0", "b~0");
        assertThat(first.next()).hasToString("c~0");
    }

    @Test
    void searchesAsMuchAsCanBeConfiguredAtOnce() {
        dead = deadEvents(new DeadConfig(1_000, DataSize.ofMebibytes(32), 200));
        for (int i = 0; i < 200; i++) {
            report(new ClientName("c" + i), PAID, "x".repeat(200_000));
        }

        assertThat(now(dead.list(DeadFilter.ALL, null, 1_000)).events()).hasSizeGreaterThan(100);
    }

    @Test
    void findsOneUntilItIsSettled() {
        report(CLINIC, PAID, "a");
        DeadId id = new DeadId(CLINIC, 0);

        assertThat(now(dead.find(id)).orElseThrow().envelope().original().json().toUtf8())
                .contains("\"id\":\"a\"");
        now(dead.discard(id));

        assertThat(now(dead.find(id))).isEmpty();
        assertThat(now(dead.find(new DeadId(CLINIC, 1)))).isEmpty();
        assertThat(now(dead.find(new DeadId(BANK, 0)))).isEmpty();
        assertThat(list(DeadFilter.ALL)).isEmpty();
    }

    @Test
    void discardsOnce() {
        report(CLINIC, PAID, "a");
        report(CLINIC, PAID, "b");

        assertThat(now(dead.discard(new DeadId(CLINIC, 0)))).isEqualTo(new Done());
        assertThat(code(now(dead.discard(new DeadId(CLINIC, 0))))).isEqualTo(ErrorCode.STATE_CONFLICT);
        assertThat(code(now(dead.discard(new DeadId(CLINIC, 7))))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(list(DeadFilter.ALL)).containsExactly("clinic~1");
    }

    @Test
    void resubmitsTheOriginalToItsStreamAsAFreshEntry() {
        engine.log().append(Batch.ofEntries(List.of(new Batch.Entry(SHOP, event(PAID, "a"), Duration.ofDays(1)))));
        report(CLINIC, PAID, "a");

        assertThat(now(dead.resubmit(new DeadId(CLINIC, 0), as(new Content.Original(), Target.STREAM))))
                .isEqualTo(new Done());

        assertThat(in(SHOP)).hasSize(2);
        assertThat(in(SHOP).get(1).json()).isEqualTo(in(SHOP).get(0).json());
        assertThat(in(SHOP).get(1).keyHash()).isEqualTo(in(SHOP).get(0).keyHash());
        assertThat(list(DeadFilter.ALL)).isEmpty();
        assertThat(judged).hasSize(1);
    }

    @Test
    void resubmitsWhatWasReportedToTheGroupAlone() {
        Bytes reported = event(PAID, "mended").json();
        store(envelope(CLINIC, "slow", DeadReason.REPORTED, original(PAID, "a"), reported));

        now(dead.resubmit(new DeadId(CLINIC, 0), as(new Content.Reported(), Target.GROUP)));

        StreamName again = LaneStreams.resubmitted(new GroupName(CLINIC, "slow"));
        assertThat(in(again).stream().map(StoredEvent::json)).containsExactly(reported);
        assertThat(in(SHOP)).isEmpty();
    }

    @Test
    void resubmitsAnEditedEventToTheStreamOfItsType() {
        report(CLINIC, PAID, "a");
        Event edited = event(SENT, "edited");

        now(dead.resubmit(new DeadId(CLINIC, 0), as(edited(edited), Target.STREAM)));

        assertThat(in(SENT.stream()).stream().map(StoredEvent::json)).containsExactly(edited.json());
    }

    @Test
    void sendsATestEventBackToItsTestLaneWhateverTheTarget() {
        StreamName testLane = LaneStreams.test(CLINIC);
        Original test = new Original(
                Partition.only(testLane), 0, 0, false, event(PAID, "t").json());
        store(envelope(CLINIC, GroupName.DEFAULT, DeadReason.REPORTED, test, null));
        store(envelope(CLINIC, GroupName.DEFAULT, DeadReason.REPORTED, test, null));

        now(dead.resubmit(new DeadId(CLINIC, 0), as(new Content.Original(), Target.STREAM)));
        now(dead.resubmit(new DeadId(CLINIC, 1), as(new Content.Original(), Target.GROUP)));

        assertThat(in(testLane)).hasSize(2);
        assertThat(in(SHOP)).isEmpty();
    }

    @Test
    void refusesWhatTheRulesRefuseAndKeepsTheEventDead() {
        report(CLINIC, PAID, "a");
        verdict = Optional.of(Refusal.of(ErrorCode.SCHEMA_VIOLATED, "no"));

        assertThat(code(now(dead.resubmit(new DeadId(CLINIC, 0), as(new Content.Original(), Target.STREAM)))))
                .isEqualTo(ErrorCode.SCHEMA_VIOLATED);
        assertThat(in(SHOP)).isEmpty();
        assertThat(list(DeadFilter.ALL)).containsExactly("clinic~0");
    }

    @Test
    void refusesAReportThatIsNoEvent() {
        store(envelope(CLINIC, "g", DeadReason.REPORTED, null, Bytes.utf8("{\"id\":7}")));

        DeadOutcome outcome = now(dead.resubmit(new DeadId(CLINIC, 0), as(new Content.Original(), Target.STREAM)));

        assertThat(code(outcome)).isEqualTo(ErrorCode.MALFORMED_EVENT);
        assertThat(((Refused) outcome).refusal().flaws()).isNotEmpty();
        assertThat(judged).isEmpty();
    }

    @Test
    void refusesTheGroupATypeItsClientMayNotConsume() {
        report(CLINIC, PAID, "a");

        assertThat(code(now(dead.resubmit(
                        new DeadId(CLINIC, 0), as(edited(event(new EventType("a.b.c"), "x")), Target.GROUP)))))
                .isEqualTo(ErrorCode.NOT_ALLOWED);
        assertThat(list(DeadFilter.ALL)).containsExactly("clinic~0");
    }

    @Test
    void resubmitsOnlyOneOfTwoAtOnce() {
        report(CLINIC, PAID, "a");
        Resubmission resubmission = as(new Content.Original(), Target.STREAM);
        engine.appends().shut();

        CompletionStage<DeadOutcome> first = dead.resubmit(new DeadId(CLINIC, 0), resubmission);
        CompletionStage<DeadOutcome> second = dead.resubmit(new DeadId(CLINIC, 0), resubmission);
        assertThat(first.toCompletableFuture()).isNotDone();
        engine.appends().open();

        assertThat(now(first)).isEqualTo(new Done());
        assertThat(code(now(second))).isEqualTo(ErrorCode.STATE_CONFLICT);
        assertThat(in(SHOP)).hasSize(1);
    }

    @Test
    void keepsTheEventDeadWhereTheStoreFails() {
        report(CLINIC, PAID, "a");
        engine.appends().shut();

        CompletionStage<DeadOutcome> outcome =
                dead.resubmit(new DeadId(CLINIC, 0), as(new Content.Original(), Target.STREAM));
        engine.appends().fail(new Unavailable("full", Unavailable.Effect.NONE, Duration.ofSeconds(1)));

        assertThat(outcome.toCompletableFuture()).isCompletedExceptionally();
        assertThat(in(SHOP)).isEmpty();
        assertThat(list(DeadFilter.ALL)).containsExactly("clinic~0");
    }

    @Test
    void waitsForReadsThatTakeTime() {
        report(CLINIC, PAID, "a");
        report(BANK, PAID, "b");
        engine.reads().shut();

        CompletionStage<DeadPage> page = dead.list(DeadFilter.ALL, null, 10);
        assertThat(page.toCompletableFuture()).isNotDone();
        engine.reads().open();

        assertThat(ids(now(page))).containsExactly("bank~0", "clinic~0");
    }

    @Test
    void discardsByFilterAPageAtATime() {
        dead = deadEvents(new DeadConfig(4, DataSize.ofMebibytes(1), 10));
        for (int i = 0; i < 6; i++) {
            report(CLINIC, PAID, "c" + i);
            report(CLINIC, SENT, "s" + i);
        }
        DeadFilter paid = new DeadFilter(null, null, PAID, null, null, null);

        Many first = now(dead.discardAll(paid, null));
        Many second = now(dead.discardAll(paid, first.next()));

        assertThat(first.done()).isEqualTo(4);
        assertThat(second).isEqualTo(new Many(2, 0, List.of(), null));
        assertThat(list(paid)).isEmpty();
        assertThat(list(new DeadFilter(null, null, SENT, null, null, null))).hasSize(4);
    }

    @Test
    void resubmitsByFilterInTheirOrderAndTellsWhatItCouldNot() {
        report(CLINIC, PAID, "a");
        store(envelope(CLINIC, "g", DeadReason.REPORTED, null, Bytes.utf8("{}")));
        report(CLINIC, PAID, "b");

        Many many = now(dead.resubmitAll(DeadFilter.ALL, null, as(new Content.Original(), Target.STREAM)));

        assertThat(many.done()).isEqualTo(2);
        assertThat(many.refused().stream().map(one -> one.id().toString())).containsExactly("clinic~1");
        assertThat(many.next()).isNull();
        assertThat(in(SHOP).stream().map(event -> event.json().toUtf8().contains("\"id\":\"a\"")))
                .containsExactly(true, false);
        assertThat(list(DeadFilter.ALL)).containsExactly("clinic~1");
    }

    @Test
    void countsThoseThatWereSettledMeanwhile() {
        report(CLINIC, PAID, "a");
        engine.appends().shut();
        CompletionStage<DeadOutcome> one = dead.discard(new DeadId(CLINIC, 0));

        CompletionStage<Many> all = dead.discardAll(DeadFilter.ALL, null);
        engine.appends().open();

        assertThat(now(one)).isEqualTo(new Done());
        assertThat(now(all)).isEqualTo(new Many(0, 1, List.of(), null));
    }

    private DeadEvents deadEvents(DeadConfig config) {
        Admission admission = event -> {
            judged.add(event);
            return CompletableFuture.completedStage(verdict);
        };
        return new DeadEvents(
                new DeadEvents.Parts(engine, new Fixed(catalog()), new SimpleSettlement(engine), admission), config);
    }

    private static Catalog catalog() {
        Grant grant = new Grant(true, Instant.EPOCH);
        ClientEntry clinic = new ClientEntry(
                CLINIC, "", List.of(), null, new ConsumerRole(Map.of(PAID, grant)), false, Quotas.DEFAULT);
        return new Catalog(1, new TreeMap<>(), new TreeMap<>(Map.of(CLINIC, clinic)));
    }

    private record Fixed(Catalog current) implements Catalogs {
        @Override
        public void onChange(Consumer<Catalog> listener) {}
    }

    private void report(ClientName client, EventType type, String id) {
        store(envelope(client, GroupName.DEFAULT, DeadReason.REPORTED, original(type, id), null));
    }

    private void store(DeadEnvelope envelope) {
        now(engine.log().append(Batch.ofEntries(List.of(envelope.toEntry()))));
    }

    private DeadEnvelope envelope(
            ClientName client, String group, DeadReason reason, Original original, Bytes reported) {
        EventType type = original == null ? DeadEnvelope.UNKNOWN_TYPE : type(original);
        DeadReport report = new DeadReport(new GroupName(client, group), "i", reason, 1, clock.instant());
        return new DeadEnvelope(type, report, reported, original);
    }

    private static EventType type(Original original) {
        return original.json().toUtf8().contains(SENT.value()) ? SENT : PAID;
    }

    private static Original original(EventType type, String id) {
        return new Original(
                Partition.only(type.stream()), 0, 0, false, event(type, id).json());
    }

    private static Event event(EventType type, String id) {
        String json = "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"s\",\"type\":\"%s\",\"partitionkey\":\"k\"}"
                .formatted(id, type);
        return new Event(id, "s", type, "k", null, new Event.Data.None(), Bytes.utf8(json));
    }

    private static Content edited(Event event) {
        return new Content.Edited(new Submission(List.of(event), List.of()));
    }

    private static Resubmission as(Content content, Target target) {
        return new Resubmission(content, target);
    }

    private List<String> list(DeadFilter filter) {
        return ids(now(dead.list(filter, null, 100)));
    }

    private static List<String> ids(DeadPage page) {
        return page.events().stream().map(event -> event.id().toString()).toList();
    }

    private static ErrorCode code(DeadOutcome outcome) {
        return ((Refused) outcome).refusal().code();
    }

    private List<StoredEvent> in(StreamName stream) {
        try (EventReader reader = engine.log().reader(Partition.only(stream), TypeSelection.ALL)) {
            return now(reader.read(0, Integer.MAX_VALUE)).events();
        }
    }

    private static <T> T now(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
