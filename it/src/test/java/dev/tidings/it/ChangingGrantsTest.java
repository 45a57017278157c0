package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What is answered while grants come and go.
class ChangingGrantsTest {
    private static final int CHANGES = Integer.getInteger("tidings.changes", 30);
    private static final CatalogText BASE = CatalogText.EMPTY
            .type(Shop.PLACED)
            .type(Shop.PAID)
            .client("admin", "admin: true")
            .client("keeper", "produces: { sources: [" + Shop.SOURCE + "], types: [" + Shop.PAID + "] }");

    @RegisterExtension
    static final RunningBroker broker = RunningBroker.with(with(true));

    /// Twice the number of the last change that was answered, and one more while the next is under way.
    private final AtomicInteger phase = new AtomicInteger();

    private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicInteger settled = new AtomicInteger();

    @Test
    void isByTheOldGrantsOrTheNewOnesAndByTheNewOnesOnceTheyAreApplied() {
        CompletableFuture<Void> end = new CompletableFuture<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> asking = new ArrayList<>();
            for (Supplier<Reply> request : requests()) {
                asking.add(clients.submit(() -> askUntil(end, request)));
            }
            for (int change = 1; change <= CHANGES; change++) {
                phase.incrementAndGet();
                broker.catalog(with(change % 2 == 0));
                phase.incrementAndGet();
                requests().forEach(this::ask);
            }
            end.complete(null);
            asking.forEach(client -> assertThat(client).succeedsWithin(Deadline.GENEROUS));
        }

        assertThat(wrong).isEmpty();
        assertThat(settled).hasValueGreaterThanOrEqualTo(CHANGES * requests().size());
    }

    private void askUntil(CompletableFuture<Void> end, Supplier<Reply> request) {
        while (!end.isDone()) {
            ask(request);
        }
    }

    /// Where nothing changed meanwhile, only one answer is right; else each of the two is.
    private void ask(Supplier<Reply> request) {
        int before = phase.get();
        Reply reply = request.get();
        boolean quiet = before == phase.get() && before % 2 == 0;
        boolean granted = before / 2 % 2 == 0;
        Set<Integer> right = !quiet ? Set.of(200, 201, 401) : granted ? Set.of(200, 201) : Set.of(401);
        if (quiet) {
            settled.incrementAndGet();
        }
        if (!right.contains(reply.status())) {
            wrong.add("in phase " + before + ": " + reply.status() + " " + reply.text());
        }
    }

    private static List<Supplier<Reply>> requests() {
        Client shop = broker.client("shop");
        Client desk = broker.client("desk");
        return List.of(
                () -> shop.produce(Shop.order(UUID.randomUUID().toString())),
                () -> desk.send(Call.raw(UUID.randomUUID().toString())
                        .to("/ce/tools/consumer/test")
                        .type("application/json")
                        .body("1")),
                () -> opened(desk),
                () -> broker.client("passing").get("/ce/tools/my-settings"),
                () -> broker.client("deputy").get("/admin/catalog/history"));
    }

    private static Reply opened(Client desk) {
        Reply reply = desk.post("/ce/consumers?from=latest&group=a&types=" + Shop.PLACED);
        if (reply.status() == 201) {
            desk.send(Call.of("DELETE", reply.header("Location")));
        }
        return reply;
    }

    /// @param granted whether `shop`, `desk`, `passing` and `deputy` may do what they ask for
    private static CatalogText with(boolean granted) {
        String type = granted ? Shop.PLACED : Shop.PAID;
        CatalogText catalog = BASE.client("shop", "produces: { sources: [" + Shop.SOURCE + "], types: [" + type + "] }")
                .client("desk", "consumes: { types: [" + type + "] }")
                .client("deputy", "admin: " + granted);
        return granted ? catalog.client("passing") : catalog;
    }
}
