package dev.tidings.it;

import static dev.tidings.it.Statement.STATUS_503_DRAINING;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A broker that shuts down.
class DrainTest {
    private static final String[] HEADERS = {"Authorization: Bearer shop", "Content-Type: " + Call.EVENT};

    @RegisterExtension
    final RunningBroker broker = RunningBroker.with(Shop.CATALOG);

    @Test
    @Proves(STATUS_503_DRAINING)
    void refusesNewRequestsAndFinishesThoseInProgress() {
        String slow = Shop.order("slow").toString();
        String late = Shop.order("late").toString();
        try (Raw inProgress = new Raw(broker.address());
                Raw idle = new Raw(broker.address());
                Raw health = new Raw(broker.address())) {
            inProgress.head("POST /ce/produce/event HTTP/1.1", and("Content-Length: " + slow.length()));
            inProgress.write(slow.substring(0, 10));
            idle.head("GET /ce/tools/my-settings HTTP/1.1", HEADERS);
            idle.reply().expect(200);
            CompletableFuture<Void> restarted = CompletableFuture.runAsync(broker::restart);
            untilItDrains(health);

            idle.head("POST /ce/produce/event HTTP/1.1", and("Content-Length: " + late.length()));
            idle.write(late);
            Reply refused = idle.reply();
            inProgress.write(slow.substring(10));
            Reply finished = inProgress.reply();

            refused.refused(503, "not-ready");
            assertThat(Integer.parseInt(refused.header("Retry-After"))).isPositive();
            finished.accepted(1, 0);
            Deadline.await(restarted);
        }
        broker.client("shop").produce(Shop.order("slow"), Shop.order("late")).accepted(2, 1);
    }

    private static void untilItDrains(Raw health) {
        int status = 200;
        while (status == 200) {
            health.head("GET /health/ready HTTP/1.1");
            status = health.reply().status();
        }
        assertThat(status).isEqualTo(503);
    }

    private static String[] and(String header) {
        return new String[] {HEADERS[0], HEADERS[1], header};
    }
}
