package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.node.ObjectNode;

/// What reaches a sink over the life of its subscription, from a whole broker over real sockets.
class SubscriptionDeliveryTest {
    private static final String PATH = "/ce/subscriptions";

    @RegisterExtension
    final RunningBroker broker = RunningBroker.with(
                    CatalogText.EMPTY.type(Shop.PLACED).type(Shop.PAID))
            .insecure();

    private final HookSink sink = new HookSink();

    @AfterEach
    void close() {
        sink.close();
    }

    @Test
    @Proves({Statement.SINK_SIGNED, Statement.SINK_ORDER, Statement.SINK_CONFIRMS})
    void isDeliveredSignedAndInOrder() {
        Reply created = client().send(create(subscription("/a"))).expect(201);

        produce("1", "2", "3");

        assertThat(sink.awaitIds("/a", 3)).containsExactly("1", "2", "3");
        String secret = created.json().path("signingsecret").asString();
        assertThat(sink.hooks("/a"))
                .allSatisfy(
                        hook -> assertThat(hook.header("webhook-signature")).isEqualTo(Signatures.of(secret, hook)));
    }

    @Test
    @Proves(Statement.SUBSCRIPTION_PAUSE)
    void waitsWhileItIsPausedAndGoesOnWhereItWas() {
        String address = created(subscription("/a"));
        produce("1");
        sink.awaitIds("/a", 1);

        client().send(Call.post(address + "/pause")).expect(200);
        created(subscription("/b"));
        produce("2");
        sink.awaitIds("/b", 1);
        assertThat(sink.ids("/a")).containsExactly("1");

        client().send(Call.post(address + "/resume")).expect(200);
        assertThat(sink.awaitIds("/a", 2)).containsExactly("1", "2");
    }

    @Test
    @Proves(Statement.SUBSCRIPTION_DELETE)
    void isNotDeliveredAnyMoreOnceItsDeletionWasAnswered() {
        CountDownLatch held = new CountDownLatch(1);
        sink.answering("/a", _ -> {
            Deadline.await(held);
            return 200;
        });
        String address = created(subscription("/a"));
        produce("1", "2", "3");

        var deletion = client().sendAsync(Call.of("DELETE", address));
        held.countDown();
        Deadline.await(deletion).expect(200);
        List<String> then = sink.ids("/a");

        created(subscription("/b"));
        produce("4");
        sink.awaitIds("/b", 1);
        assertThat(sink.ids("/a")).isEqualTo(then).doesNotContain("4");
    }

    @Test
    @Proves(Statement.SINK_GONE)
    void endsWhenItsSinkIsGone() {
        sink.answering("/a", _ -> 410);
        String address = created(subscription("/a"));

        produce("1");

        sink.awaitIds("/a", 1);
        awaitEnd(address);
        created(subscription("/b"));
        produce("2");
        sink.awaitIds("/b", 1);
        assertThat(sink.ids("/a")).containsExactly("1");
        sink.answering("/a", _ -> 200);
        client().send(Call.post(address + "/resume")).expect(200);
        produce("3");
        assertThat(sink.awaitIds("/a", 2)).containsExactly("1", "3");
    }

    @Test
    @Proves(Statement.SUBSCRIPTION_REPLACE)
    void goesWhereItIsTurnedToWithoutLosingAnything() {
        sink.answering("/a", _ -> 503);
        String address = created(subscription("/a"));
        produce("1", "2");
        sink.awaitIds("/a", 1);

        client().send(Call.of("PUT", address).body(subscription("/b").toString()))
                .expect(200);

        Set<String> ids = new HashSet<>(sink.awaitIds("/b", 2));
        assertThat(ids).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    @Proves(Statement.SUBSCRIPTION_TYPES)
    void isOfItsTypesOnly() {
        ObjectNode paid = subscription("/a");
        paid.putArray("types").add(Shop.PAID);
        created(paid);
        created(subscription("/b"));

        produce("1");
        client().produce(Shop.event(Shop.PAID, "2")).expect(200);

        assertThat(sink.awaitIds("/b", 2)).containsExactlyInAnyOrder("1", "2");
        assertThat(sink.awaitIds("/a", 1)).containsExactly("2");
    }

    @Test
    @Proves(Statement.SINK_ORDER)
    void waitsForNoOtherEventWhereOrderIsGivenUp() {
        CountDownLatch both = new CountDownLatch(2);
        sink.answering("/a", _ -> {
            both.countDown();
            Deadline.await(both);
            return 200;
        });
        ObjectNode wanted = subscription("/a");
        Subscriber.config(wanted).put("order", "none");
        created(wanted);

        produce("1", "2");

        assertThat(sink.awaitIds("/a", 2)).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    @Proves(Statement.SINK_RESTART)
    void goesOnOverARestart() {
        sink.answering("/a", _ -> 503);
        created(subscription("/a"));
        produce("1");
        sink.awaitIds("/a", 1);

        broker.restart();
        sink.answering("/a", _ -> 200);
        produce("2");

        sink.await(() -> sink.ids("/a").containsAll(List.of("1", "2")));
    }

    private Client client() {
        return broker.clientWith(null);
    }

    private void produce(String... ids) {
        for (String id : ids) {
            client().produce(Shop.order(id).put("partitionkey", "k")).expect(200);
        }
    }

    private void awaitEnd(String address) {
        long deadline = System.nanoTime() + Deadline.GENEROUS.toNanos();
        while (!state(address).equals("ended")) {
            assertThat(System.nanoTime()).as("it has not ended").isLessThan(deadline);
        }
    }

    private String state(String address) {
        return client().get(address)
                .expect(200)
                .json()
                .path("status")
                .path("state")
                .asString();
    }

    private String created(ObjectNode subscription) {
        return client().send(create(subscription)).expect(201).header("Location");
    }

    private static Call create(ObjectNode subscription) {
        return Call.post(PATH).body(subscription.toString());
    }

    private ObjectNode subscription(String path) {
        return Subscriber.to(sink.at(path));
    }
}
