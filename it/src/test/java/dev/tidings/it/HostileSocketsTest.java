package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/// WebSockets that take without giving, or give what no protocol knows.
class HostileSocketsTest {
    private static final int EVENTS = Integer.getInteger("tidings.events", 20_000);

    @RegisterExtension
    static final RunningBroker broker = RunningBroker.with(Shop.CATALOG);

    @RegisterExtension
    final Bystander bystander = new Bystander(broker);

    @Test
    void mayNeverReadWhatComes() {
        try (Raw mute = open("desk", "group=mute")) {
            for (int batch = 0; batch < EVENTS / 500; batch++) {
                int first = batch * 500;
                broker.client("shop")
                        .produce(IntStream.range(first, first + 500)
                                .mapToObj(HostileSocketsTest::large)
                                .toArray(ObjectNode[]::new))
                        .accepted(500, 0);
            }
            bystander.isServed();
            assertThat(metric("tidings_group_in_flight{client=\"desk\",group=\"mute\"}"))
                    .isLessThan(EVENTS);

            int whatNoNetworkBuffers = 4 << 20;
            assertThat(mute.read(whatNoNetworkBuffers)).hasSize(whatNoNetworkBuffers);
        }
    }

    /// Random bytes are seldom a frame: some begin like one.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void mayTalkNonsense(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            try (Raw raw = open("desk", "group=nonsense&from=latest")) {
                raw.pour(nonsense(random));
            }
        }
        areForgotten();
    }

    /// Frames whose bits, opcodes, lengths and order are anything.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void maySpeakInFramesThatAreNone(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            try (Raw raw = open("desk", "group=nonsense&from=latest")) {
                ByteArrayOutputStream frames = new ByteArrayOutputStream();
                for (int frame = random.nextInt(10); frame >= 0; frame--) {
                    addFrame(frames, random);
                }
                raw.pour(frames.toByteArray());
            }
        }
        areForgotten();
    }

    private static void addFrame(ByteArrayOutputStream frames, Random random) {
        int payload = random.nextInt(random.nextInt(20) == 0 ? 70_000 : 200);
        int mask = random.nextInt(10) == 0 ? 0 : 0x80;
        int reserved = random.nextInt(10) == 0 ? random.nextInt(8) << 4 : 0;
        frames.write((random.nextInt(3) == 0 ? 0 : 0x80) | reserved | random.nextInt(random.nextBoolean() ? 3 : 16));
        ByteBuffer rest = ByteBuffer.allocate(payload + 16);
        switch (random.nextInt(20)) {
            case 0 -> rest.put((byte) (mask | 127)).putLong(random.nextLong());
            case 1 -> rest.put((byte) (mask | 127)).putLong(payload);
            default -> {
                if (payload < 126) {
                    rest.put((byte) (mask | payload));
                } else if (payload < 65_536) {
                    rest.put((byte) (mask | 126)).putShort((short) payload);
                } else {
                    rest.put((byte) (mask | 127)).putLong(payload);
                }
            }
        }
        byte[] bytes = new byte[payload + (mask == 0 ? 0 : 4)];
        random.nextBytes(bytes);
        frames.write(rest.array(), 0, rest.position());
        frames.writeBytes(bytes);
    }

    private static byte[] nonsense(Random random) {
        byte[] bytes = new byte[1 + random.nextInt(5_000)];
        random.nextBytes(bytes);
        if (random.nextBoolean()) {
            bytes[0] = (byte) (0x80 | random.nextInt(16));
        }
        if (bytes.length > 1 && random.nextBoolean()) {
            bytes[1] |= (byte) 0x80;
        }
        return bytes;
    }

    private static Raw open(String client, String query) {
        Raw raw = new Raw(broker.address());
        raw.head(
                "GET /ce/consume/ws?" + query + " HTTP/1.1",
                "Authorization: Bearer " + client,
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
        raw.reply().expect(101);
        return raw;
    }

    /// Waits until the server knows that all have gone.
    private static void areForgotten() {
        long patience = System.nanoTime() + Deadline.GENEROUS.toNanos();
        while (metric("tidings_websocket_connections") > 0 && System.nanoTime() < patience) {
            Thread.onSpinWait();
        }

        assertThat(metric("tidings_websocket_connections")).isZero();
    }

    private static double metric(String series) {
        return broker.client("admin").metric(series);
    }

    private static ObjectNode large(int i) {
        return Shop.order("large-" + i).put("subject", "x".repeat(400));
    }
}
