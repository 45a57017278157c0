package dev.tidings.it.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.it.Client;
import dev.tidings.it.Json;
import dev.tidings.it.PolledInstance;
import dev.tidings.it.Reply;
import dev.tidings.it.ServerProcess;
import dev.tidings.it.Shop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A server on a disk that somebody else fills.
class FullDiskTest {
    private static final int MEBIBYTES = 12;
    private static final int POLLS = 60;
    private static final int EVENTS = 100;

    private final List<String> acknowledged = new ArrayList<>();
    private final List<String> delivered = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {0, 512 << 10})
    void refusesEventsConfirmsGoesOnAndComesBackByItself(long left) throws IOException {
        try (SmallDisk disk = SmallDisk.ofMebibytes(MEBIBYTES);
                ServerProcess server = ServerProcess.with(Shop.CATALOG)
                        .configuredOnlyBy(Restless.CONFIGURATION)
                        .storingIn(disk.resolve("data"))
                        .start()) {
            produce(server, EVENTS);

            disk.fillAllBut(left);

            refuses(server);
            confirmsAndReads(server);
            server.kill();
            server.startAgain();
            refuses(server);
            confirmsAndReads(server);

            disk.empty();

            produce(server, EVENTS);
            server.client("anybody").get("/health/ready").expect(200);
            server.kill();
            server.startAgain();
            readAll(server);
            assertThat(delivered).containsExactlyElementsOf(acknowledged);
        }
    }

    private void produce(ServerProcess server, int count) {
        for (int i = 0; i < count; i++) {
            String id = "e" + acknowledged.size();
            server.client("shop").produce(Shop.order(id)).accepted(1, 0);
            acknowledged.add(id);
        }
    }

    private static void refuses(ServerProcess server) {
        Reply refused = server.client("shop").produce(Shop.order("too much"));
        refused.refused(503, "store-unavailable");
        assertThat(refused.header("Retry-After")).isNotEmpty();
        assertThat(server.client("anybody").get("/health/ready").status()).isEqualTo(503);
    }

    /// Some of what is there, and ends the instance, so that what was not confirmed comes again.
    private void confirmsAndReads(ServerProcess server) {
        PolledInstance instance = server.client("desk").poll("");
        Reply reply = instance.poll("events?timeout=1&max=30").expect(200);
        List<String> ids = new ArrayList<>();
        reply.json().forEach(event -> ids.add(event.path("id").asString()));
        instance.confirm(ids.size());
        delivered.addAll(ids);
        assertThat(instance.poll("events?timeout=1&max=10").status()).isEqualTo(200);
        instance.delete();
    }

    private void readAll(ServerProcess server) {
        Client desk = server.client("desk");
        PolledInstance instance = desk.poll("");
        for (int i = 0; i < POLLS && delivered.size() < acknowledged.size(); i++) {
            Reply reply = instance.poll("events?timeout=1&max=200");
            if (reply.status() == 200) {
                delivered.addAll(Json.ids(reply.json().valueStream().toList()));
            }
        }
    }
}
