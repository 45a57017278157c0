package dev.tidings.it;

import static dev.tidings.it.Statement.BEYOND_HEALTH;
import static dev.tidings.it.Statement.BEYOND_METRICS;
import static dev.tidings.it.Statement.BEYOND_OPENAPI;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What operators and tools look at.
class OperationsTest {
    @RegisterExtension
    static final RunningBroker broker = RunningBroker.with(Shop.CATALOG);

    private final Client anybody = broker.clientWith(null);

    @Test
    @Proves(BEYOND_HEALTH)
    void tellThatItIsAliveAndReady() {
        anybody.get("/health/live").expect(200);
        anybody.get("/health/ready").expect(200);
    }

    @Test
    @Proves(BEYOND_METRICS)
    void tellFiguresInTheFormatOfPrometheus() {
        broker.client("shop").produce(Shop.order("1")).accepted(1, 0);

        Reply reply = anybody.get("/metrics").expect(200);

        assertThat(reply.header("Content-Type")).startsWith("text/plain");
        assertThat(reply.text().lines())
                .allMatch(line -> line.isEmpty()
                        || line.matches("# (HELP|TYPE) [a-zA-Z_:][a-zA-Z0-9_:]* .*")
                        || line.matches("[a-zA-Z_:][a-zA-Z0-9_:]*(\\{.*})? [-+0-9.eEInfNa]+"));
        assertThat(reply.text().lines()).anyMatch(line -> line.matches("tidings_.*accepted.* 1(\\.0)?"));
    }

    @Test
    @Proves(BEYOND_OPENAPI)
    void describeTheApi() {
        Reply reply = anybody.get("/openapi.yaml").expect(200);

        assertThat(reply.header("Content-Type")).isEqualTo("application/yaml");
        assertThat(reply.text()).startsWith("openapi: 3.1").contains("/ce/produce/events", "/ce/consume/ws");
    }
}
