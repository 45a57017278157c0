package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Very many who wait for events. `-Dtidings.crowd=10000` makes it more; two file descriptors are needed for each.
class CrowdTest {
    private static final int CROWD = Integer.getInteger("tidings.crowd", 1_000);
    /// What the tests themselves connect with, and what they have just closed.
    private static final int OTHERS = 50;
    /// What is kept of one who has gone: next to nothing.
    private static final int REMAINS = 512;

    /// What one takes who waits over a WebSocket: a session, its ledger and a socket.
    private static final int IDLE = 8 << 10;

    private static final int SLACK = 4 << 20;

    private final ServerProcess server = ServerProcess.with(Shop.CATALOG)
            .configured("""
                    server:
                      http: { limits: { connections: %d } }
                      web-socket: { per-client: %d }
                    broker:
                      consuming: { instances: %d }
                    """.formatted(CROWD + OTHERS, CROWD / 2, CROWD))
            .start();
    private final List<Raw> crowd = new ArrayList<>();
    private Bystander bystander;
    private long before;

    @BeforeEach
    void begin() {
        bystander = new Bystander(server.client("shop"), server.client("store"));
        bystander.isServed();
        open("desk").close();
        before = server.liveHeap();
    }

    @AfterEach
    void end() {
        crowd.forEach(Raw::close);
        server.close();
    }

    @Test
    void waitsOverWebSocketsAndLeavesNothingBehind() throws IOException {
        for (int i = 0; i < CROWD; i++) {
            crowd.add(open(i % 2 == 0 ? "desk" : "store"));
        }
        bystander.isServed();
        assertThat(sockets()).isEqualTo(CROWD);
        assertThat(server.liveHeap()).isLessThan(before + SLACK + (long) IDLE * CROWD);
        tooManyOfAClientAreRefused();
        tooManyConnectionsAreClosedAtOnce();
        String during = memory();

        disperse();

        bystander.isServed();
        isAsBefore("WebSockets", during);
    }

    @Test
    void waitsInPollsAndLeavesNothingBehind() throws IOException {
        List<PolledInstance> instances = new ArrayList<>();
        for (int i = 0; i < CROWD / 2; i++) {
            PolledInstance instance = server.client("desk").poll("events=false&group=g" + i % 10 + "&inflight=1");
            instances.add(instance);
            Raw raw = new Raw(server.client("desk").base());
            crowd.add(raw);
            raw.head(
                    "GET " + URI.create(instance.address()).getPath() + "/events?timeout=60 HTTP/1.1",
                    "Authorization: Bearer desk");
        }
        bystander.isServed();
        String during = memory();

        instances.forEach(PolledInstance::delete);
        crowd.forEach(raw -> raw.reply().expect(404));
        disperse();

        bystander.isServed();
        isAsBefore("polls", during);
    }

    private void tooManyOfAClientAreRefused() {
        try (Raw raw = new Raw(server.client("desk").base())) {
            ask(raw, "desk");

            raw.reply().refused(429, "over-quota");
        }
    }

    private void tooManyConnectionsAreClosedAtOnce() {
        List<Raw> more = new ArrayList<>();
        for (int i = 0; i < OTHERS; i++) {
            more.add(new Raw(server.client("desk").base()));
        }

        assertThat(more.getLast().rest()).isEmpty();
        more.forEach(Raw::close);
    }

    /// Goes away, and waits until the server knows.
    private void disperse() {
        crowd.forEach(Raw::close);
        long patience = System.nanoTime() + Deadline.GENEROUS.toNanos();
        while (connections() > OTHERS && System.nanoTime() < patience) {
            Thread.onSpinWait();
        }
        assertThat(sockets()).isZero();
    }

    private void isAsBefore(String what, String during) throws IOException {
        long after = server.liveHeap();
        Files.writeString(
                Path.of("target", "crowd-" + what + ".txt"),
                "%d: %d KiB of heap before; %s; %s after%n".formatted(CROWD, before / 1024, during, memory()));

        assertThat(after).isLessThan(before + SLACK + (long) REMAINS * CROWD);
    }

    private String memory() {
        return "%d KiB of heap, %d KiB resident".formatted(server.liveHeap() / 1024, server.residentMemory() / 1024);
    }

    private Raw open(String client) {
        Raw raw = new Raw(server.client(client).base());
        ask(raw, client);
        raw.reply().expect(101);
        return raw;
    }

    private static void ask(Raw raw, String client) {
        raw.head(
                "GET /ce/consume/ws?group=idle HTTP/1.1",
                "Authorization: Bearer " + client,
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    }

    private double sockets() {
        return server.client("admin").metric("tidings_websocket_connections");
    }

    private double connections() {
        return server.client("admin").metric("tidings_http_connections");
    }
}
