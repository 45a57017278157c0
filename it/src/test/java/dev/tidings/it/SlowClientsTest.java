package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.server.ServerConfig;
import dev.tidings.server.http.HttpConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Clients that begin and do not go on, many at a time. The deadlines are short, but long enough for whoever goes on.
class SlowClientsTest {
    private static final int MANY = 300;
    private static final HttpConfig.Deadlines SHORT =
            HttpConfig.Deadlines.DEFAULT.withHead(Duration.ofSeconds(2)).withBody(Duration.ofSeconds(2));

    @RegisterExtension
    static final RunningBroker broker =
            RunningBroker.with(Shop.CATALOG).and(config -> config.withServer(hasty(config.server())));

    @Test
    void mayTrickleTheirHeads() {
        areBornAndCut("POST /ce/produce/events HTTP/1.1\r\nHost: x\r\nX-Slow: ");
    }

    @Test
    void mayTrickleTheirBodies() {
        areBornAndCut("POST /ce/produce/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer shop\r\nContent-Type: "
                + Call.BATCH + "\r\nContent-Length: 1000000\r\n\r\n[");
    }

    @Test
    void mayTrickleTheirChunks() {
        areBornAndCut("POST /ce/produce/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer shop\r\nContent-Type: "
                + Call.BATCH + "\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n[\r\n1");
    }

    @Test
    void maySayNothingAtAll() {
        areBornAndCut("");
    }

    /// Demands that so many who stop there hinder nobody, and are cut off in the end.
    private static void areBornAndCut(String beginning) {
        List<Raw> slow = new ArrayList<>();
        try (Bystander bystander = new Bystander(broker)) {
            for (int i = 0; i < MANY; i++) {
                Raw client = new Raw(broker.address());
                slow.add(client);
                client.write(beginning);
            }
            bystander.isServed();

            slow.forEach(client -> assertThat(client.rest()).isEmpty());

            bystander.isServed();
        } finally {
            slow.forEach(Raw::close);
        }
    }

    private static ServerConfig hasty(ServerConfig server) {
        return server.withHttp(server.http().withDeadlines(SHORT));
    }
}
