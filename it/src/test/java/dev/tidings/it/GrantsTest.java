package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What a grant reveals that comes later than the events.
class GrantsTest {
    private static final CatalogText BEFORE = CatalogText.EMPTY
            .type(Shop.PLACED)
            .type(Shop.PAID)
            .type(Shop.PACKED)
            .client("admin", "admin: true")
            .client(
                    "shop",
                    "produces: { sources: [" + Shop.SOURCE + "], types: ["
                            + String.join(", ", Shop.PLACED, Shop.PAID, Shop.PACKED) + "] }");

    @RegisterExtension
    final RunningBroker broker = RunningBroker.with(granting(Shop.PAID));

    @Test
    @Proves(Statement.GRANT_NO_HISTORY)
    void hidesFromANewGrantWhatWasAcceptedBefore() {
        produce(Shop.PLACED, "hidden");
        produce(Shop.PACKED, "hidden too");
        PolledInstance open = broker.client("desk").poll("");

        broker.catalog(granting(Shop.PAID, Shop.PLACED, Shop.PACKED));

        produce(Shop.PLACED, "revealed");
        assertThat(Json.ids(open.events(1))).containsExactly("revealed");
        open.hasNothing();
        PolledInstance later = broker.client("desk").poll("group=later");
        assertThat(Json.ids(later.events(1))).containsExactly("revealed");
        later.hasNothing();
    }

    @Test
    @Proves(Statement.GRANT_HISTORY)
    void showsToAGrantWithHistoryWhatWasAcceptedBefore() {
        produce(Shop.PLACED, "a");
        produce(Shop.PAID, "b");
        produce(Shop.PLACED, "c");

        broker.catalog(granting(Shop.PAID, history(Shop.PLACED)));

        PolledInstance later = broker.client("desk").poll("");
        assertThat(Json.ids(later.events(3))).containsExactly("a", "b", "c");
    }

    @Test
    @Proves(Statement.GRANT_HISTORY)
    void showsTheHistoryOfAStreamToAGroupThatHasNotReadIt() {
        produce(Shop.PACKED, "a");
        PolledInstance open = broker.client("desk").poll("");
        open.hasNothing();

        broker.catalog(granting(Shop.PAID, history(Shop.PACKED)));

        assertThat(Json.ids(open.events(1))).containsExactly("a");
    }

    @Test
    void endsWhatAClientReadsThatMayConsumeNothingAnyMore() {
        Client desk = broker.client("desk");
        PolledInstance polled = desk.poll("");
        Subscription subscription = desk.subscribe("");
        CompletableFuture<Reply> waiting = desk.sendAsync(Call.get(polled.address() + "/event?timeout=60"));

        broker.catalog(BEFORE.client("desk", "description: It may do nothing any more."));

        assertThat(subscription.closed().code()).isEqualTo(1008);
        Deadline.await(waiting).refused(404, "instance-not-found");
        desk.post("/ce/consumers").refused(401, "not-allowed");
    }

    private void produce(String type, String id) {
        broker.client("shop").produce(Shop.event(type, id)).accepted(1, 0);
    }

    private static String history(String type) {
        return "{ type: " + type + ", history: true }";
    }

    private static CatalogText granting(String... types) {
        return BEFORE.client("desk", "consumes: { types: [" + String.join(", ", types) + "] }");
    }
}
