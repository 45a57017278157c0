package dev.tidings.broker.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.engine.Unavailable;
import dev.tidings.engine.testkit.HandClock;
import dev.tidings.engine.testkit.MemoryEngine;
import dev.tidings.model.ClientName;
import dev.tidings.model.DataSize;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.EventType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CatalogStoreTest {
    private static final EventType PLACED = new EventType("Shop.Web.Order.Placed");
    private static final EventType PAID = new EventType("Shop.Web.Order.Paid");
    private static final ClientName SHOP = new ClientName("shop");
    private static final String TYPES = "types: { Shop.Web.Order.Placed: {}, Shop.Web.Order.Paid: {} }\n";
    private static final String ONE_GRANT =
            TYPES + "clients: { shop: { consumes: { types: [Shop.Web.Order.Placed] } } }\n";
    private static final String TWO_GRANTS =
            TYPES + "clients: { shop: { consumes: { types: [Shop.Web.Order.Placed, Shop.Web.Order.Paid] } } }\n";

    private final HandClock clock = new HandClock();
    private MemoryEngine engine = new MemoryEngine(clock);
    private CatalogStore store = open(CatalogConfig.DEFAULT);

    @Test
    void beginsWithTheEmptyCatalog() {
        assertThat(store.current()).isEqualTo(Catalog.EMPTY);
        assertThat(history()).isEmpty();
    }

    @Test
    void putsACatalogInForceAtOnce() {
        List<Catalog> heard = new ArrayList<>();
        store.onChange(heard::add);

        Applied applied = apply(ONE_GRANT);

        assertThat(applied).isInstanceOfSatisfying(Applied.Changed.class, changed -> {
            assertThat(changed.version()).isEqualTo(1);
            assertThat(changed.changes()).containsExactly("+ type " + PAID, "+ type " + PLACED, "+ client shop");
            assertThat(changed.warnings()).isNotEmpty();
        });
        assertThat(store.current().type(PLACED)).isNotNull();
        assertThat(heard).containsExactly(store.current());
    }

    @Test
    void makesNoNewVersionOfWhatIsInForceAlready() {
        apply(ONE_GRANT);
        List<Catalog> heard = new ArrayList<>();
        store.onChange(heard::add);

        assertThat(apply(ONE_GRANT))
                .isInstanceOfSatisfying(
                        Applied.Unchanged.class,
                        unchanged -> assertThat(unchanged.version()).isEqualTo(1));
        assertThat(heard).isEmpty();
        assertThat(history()).hasSize(1);
    }

    @Test
    void keepsANewLayoutAsANewVersion() {
        apply(ONE_GRANT);

        assertThat(apply("# ours\n" + ONE_GRANT))
                .isInstanceOfSatisfying(
                        Applied.Changed.class,
                        changed -> assertThat(changed.changes()).containsExactly("~ comments or layout only"));
        assertThat(text(2)).contains("# ours\n" + ONE_GRANT);
    }

    @Test
    void changesNothingWhereTheTextIsInvalid() {
        apply(ONE_GRANT);

        Applied applied = apply("types: { a b: {} }");

        assertThat(applied).isInstanceOfSatisfying(Applied.Invalid.class, invalid -> {
            assertThat(invalid.refusal().code()).isEqualTo(ErrorCode.INVALID_CATALOG);
            assertThat(invalid.refusal().flaws()).hasSize(1);
        });
        assertThat(store.current().version()).isEqualTo(1);
    }

    @Test
    void refusesAProposalThatExpectsAnotherVersion() {
        apply(ONE_GRANT);

        Applied applied = await(new Proposal(TWO_GRANTS, "admin", 0L));

        assertThat(applied)
                .isInstanceOfSatisfying(
                        Applied.Conflict.class,
                        conflict -> assertThat(conflict.refusal().code()).isEqualTo(ErrorCode.VERSION_CONFLICT));
        assertThat(await(new Proposal(TWO_GRANTS, "admin", 1L))).isInstanceOf(Applied.Changed.class);
    }

    @Test
    void rehearsesWithoutDoing() {
        Applied applied = store.rehearse(Proposal.of(ONE_GRANT, "admin"))
                .toCompletableFuture()
                .join();

        assertThat(applied)
                .isInstanceOfSatisfying(
                        Applied.Changed.class,
                        changed -> assertThat(changed.changes()).contains("+ client shop"));
        assertThat(store.current()).isEqualTo(Catalog.EMPTY);
    }

    @Test
    void letsAGrantBeginWhenItIsAcceptedAndKeepsItsBeginning() {
        Instant first = clock.instant();
        apply(ONE_GRANT);
        clock.advance(Duration.ofHours(1));
        Instant second = clock.instant();
        apply(TWO_GRANTS);

        assertThat(since(PLACED)).isEqualTo(first);
        assertThat(since(PAID)).isEqualTo(second);
    }

    @Test
    void letsAGrantThatWasTakenAwayBeginAnew() {
        apply(TWO_GRANTS);
        apply(ONE_GRANT);
        clock.advance(Duration.ofHours(1));
        apply(TWO_GRANTS);

        assertThat(since(PAID)).isEqualTo(clock.instant());
    }

    @Test
    void findsEverythingAgainAfterACrash() {
        Instant first = clock.instant();
        apply(ONE_GRANT);
        clock.advance(Duration.ofHours(1));
        apply(TWO_GRANTS);
        Catalog before = store.current();

        engine = engine.reopenAfterCrash();
        store = open(CatalogConfig.DEFAULT);

        assertThat(store.current()).isEqualTo(before);
        assertThat(since(PLACED)).isEqualTo(first);
        assertThat(apply(TWO_GRANTS)).isInstanceOf(Applied.Unchanged.class);
    }

    @Test
    void isAsBeforeWhereACrashComesBetweenProposalAndAcceptance() {
        apply(ONE_GRANT);
        engine.appends().shut();
        store.apply(Proposal.of(TWO_GRANTS, "admin"));
        engine.appends().pass();

        engine = engine.reopenAfterCrash();
        engine.appends().open();
        store = open(CatalogConfig.DEFAULT);

        assertThat(store.current().version()).isEqualTo(1);
        assertThat(apply(TWO_GRANTS)).isInstanceOf(Applied.Changed.class);
    }

    @Test
    void failsWhereTheStoreCannot() {
        engine.close();

        assertThatThrownBy(() -> apply(ONE_GRANT)).hasCauseInstanceOf(Unavailable.class);
        assertThat(store.current()).isEqualTo(Catalog.EMPTY);
    }

    @Test
    void takesOverAVersionThatWasStoredWithUnknownEffect() {
        engine.appends().shut();
        var answer = store.apply(Proposal.of(ONE_GRANT, "admin"));
        engine.appends().pass();
        engine.appends().passAndFail(new Unavailable("?", Unavailable.Effect.UNKNOWN, Duration.ofSeconds(1)));
        engine.appends().open();
        assertThat(answer.toCompletableFuture()).isCompletedExceptionally();

        assertThat(apply(TWO_GRANTS)).isInstanceOfSatisfying(Applied.Changed.class, changed -> {
            assertThat(changed.version()).isEqualTo(2);
            assertThat(changed.changes()).containsExactly("~ client shop: grant " + PAID + " added");
        });
    }

    @Test
    void takesProposalsUpOneAfterTheOther() {
        engine.appends().shut();

        var first = store.apply(Proposal.of(ONE_GRANT, "a")).toCompletableFuture();
        var second = store.apply(new Proposal(TWO_GRANTS, "b", 0L)).toCompletableFuture();
        var third = store.apply(Proposal.of(TWO_GRANTS, "c")).toCompletableFuture();
        assertThat(engine.appends().waiting()).isOne();
        engine.appends().open();

        assertThat(first.join()).isInstanceOf(Applied.Changed.class);
        assertThat(second.join()).isEqualTo(new Applied.Conflict(0, 1));
        assertThat(third.join())
                .isInstanceOfSatisfying(
                        Applied.Changed.class,
                        changed -> assertThat(changed.version()).isEqualTo(2));
        assertThat(history()).extracting(CatalogVersion::by).containsExactly("c", "a");
    }

    @Test
    void takesTheNextProposalUpWhereOneFailed() {
        engine.appends().shut();
        var first = store.apply(Proposal.of(ONE_GRANT, "a")).toCompletableFuture();
        var second = store.apply(Proposal.of(TWO_GRANTS, "b")).toCompletableFuture();

        engine.appends().fail(new Unavailable("full", Unavailable.Effect.NONE, Duration.ofSeconds(1)));
        engine.appends().open();

        assertThat(first).isCompletedExceptionally();
        assertThat(second.join()).isInstanceOf(Applied.Changed.class);
    }

    @Test
    void tellsItsHistoryNewestFirst() {
        apply(ONE_GRANT);
        clock.advance(Duration.ofHours(1));
        await(Proposal.of(TWO_GRANTS, "root"));

        assertThat(history())
                .first()
                .isEqualTo(new CatalogVersion(
                        2, clock.instant(), "root", List.of("~ client shop: grant " + PAID + " added")));
        assertThat(history()).extracting(CatalogVersion::version).containsExactly(2L, 1L);
        assertThat(text(1)).contains(ONE_GRANT);
        assertThat(text(3)).isEmpty();
    }

    @Test
    void forgetsTheOldestVersions() {
        store = open(new CatalogConfig(CatalogConfig.Access.CLIENTS, 3, DataSize.ofMebibytes(1)));

        for (int i = 0; i < 5; i++) {
            apply("# " + i + "\n" + ONE_GRANT);
        }

        assertThat(history()).extracting(CatalogVersion::version).containsExactly(5L, 4L, 3L);
        assertThat(text(2)).isEmpty();
        assertThat(text(3)).isPresent();
        assertThat(engine.states().rows("catalog")).doesNotContainKey("proposed");
    }

    @Test
    void forgetsTextsThatTakeTooMuchRoomButNeverTheOneInForce() {
        store = open(new CatalogConfig(CatalogConfig.Access.CLIENTS, 3, new DataSize(0)));

        apply(ONE_GRANT);
        apply(TWO_GRANTS);

        assertThat(history()).hasSize(2);
        assertThat(text(1)).isEmpty();
        assertThat(text(2)).contains(TWO_GRANTS);
    }

    @Test
    void shortensTheTaleOfAGreatChange() {
        StringBuilder many = new StringBuilder("types:\n");
        for (int i = 0; i < 1_000; i++) {
            many.append("  Shop.Web.Order.Done").append(i).append(":\n");
        }

        apply(many.toString());

        assertThat(history().getFirst().changes()).hasSize(200).last().isEqualTo("… and 801 more");
    }

    @Test
    void letsTheGuestInOnlyWhenToldAndNeverStoresIt() {
        apply(ONE_GRANT);
        assertThat(store.current().client(Guest.NAME)).isNull();

        store = open(CatalogConfig.DEFAULT.withAccess(CatalogConfig.Access.EVERYBODY));
        apply(TWO_GRANTS);

        ClientEntry guest = store.current().client(Guest.NAME);
        assertThat(guest.produces().types()).containsExactlyInAnyOrder(PLACED, PAID);
        assertThat(guest.produces().sources().allow("anything")).isTrue();
        assertThat(guest.consumes().types().get(PAID).history()).isTrue();
        assertThat(guest.admin()).isTrue();
        store = open(CatalogConfig.DEFAULT);
        assertThat(store.current().client(Guest.NAME)).isNull();
    }

    private Instant since(EventType type) {
        return store.current().client(SHOP).consumes().types().get(type).since();
    }

    private Optional<String> text(long version) {
        return store.text(version).toCompletableFuture().join();
    }

    private List<CatalogVersion> history() {
        return store.history().toCompletableFuture().join();
    }

    private Applied apply(String text) {
        return await(Proposal.of(text, "admin"));
    }

    private Applied await(Proposal proposal) {
        return store.apply(proposal).toCompletableFuture().join();
    }

    private CatalogStore open(CatalogConfig config) {
        return new CatalogStore(engine, config, _ -> Optional.empty(), Runnable::run);
    }
}
