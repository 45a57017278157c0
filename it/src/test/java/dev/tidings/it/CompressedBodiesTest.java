package dev.tidings.it;

import static dev.tidings.it.Statement.PRODUCE_GZIP;
import static dev.tidings.it.Statement.PRODUCE_INFLATED_LIMIT;
import static dev.tidings.it.Statement.PRODUCE_ZSTD;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import dev.tidings.model.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CompressedBodiesTest {
    private static final int MEBIBYTE = 1 << 20;

    @RegisterExtension
    static final RunningBroker broker = RunningBroker.with(Shop.CATALOG);

    private final Client shop = broker.client("shop");

    @Test
    @Proves(PRODUCE_GZIP)
    void mayBeGzip() {
        shop.send(compressed("gzip", gzip(Shop.order("gzip").toString()))).accepted(1, 0);

        isDelivered("gzip");
    }

    @Test
    @Proves(PRODUCE_ZSTD)
    void mayBeZstd() {
        shop.send(compressed("zstd", zstd(Shop.order("zstd").toString()))).accepted(1, 0);

        isDelivered("zstd");
    }

    @Test
    @Proves({PRODUCE_GZIP, PRODUCE_ZSTD})
    void areRefusedWhereTheyAreNotWhatTheySay() {
        Bytes plain = Bytes.utf8(Shop.order("1").toString());

        shop.send(compressed("gzip", plain)).refused(400, "malformed-request").saying("gzip");
        shop.send(compressed("zstd", plain)).refused(400, "malformed-request").saying("zstd");
    }

    @Test
    @Proves(PRODUCE_INFLATED_LIMIT)
    void areLimitedByWhatComesOut() {
        String bomb = "[" + " ".repeat(64 * MEBIBYTE) + "]";
        Bytes small = zstd(bomb);

        assertThat(small.length()).isLessThan(MEBIBYTE / 10);
        shop.send(batch("zstd", small)).refused(413, "request-too-large");
        shop.send(batch("gzip", gzip(bomb))).refused(413, "request-too-large");
    }

    @Test
    @Proves(PRODUCE_INFLATED_LIMIT)
    void areTakenUpToTheLimit() {
        String whole = "[" + " ".repeat(MEBIBYTE - 2) + "]";
        String more = "[" + " ".repeat(MEBIBYTE - 1) + "]";

        shop.send(batch("gzip", gzip(whole))).accepted(0, 0);
        shop.send(batch("zstd", zstd(whole))).accepted(0, 0);
        shop.send(batch("gzip", gzip(more))).refused(413, "request-too-large");
        shop.send(batch("zstd", zstd(more))).refused(413, "request-too-large");
    }

    private static void isDelivered(String id) {
        PolledInstance desk = broker.client("desk").poll("group=" + id);
        Set<String> delivered = new HashSet<>();
        while (!delivered.contains(id)) {
            delivered.add(desk.event().path("id").asString());
        }
    }

    private static Call compressed(String coding, Bytes body) {
        return Call.post("/ce/produce/event")
                .type(Call.EVENT)
                .header("Content-Encoding", coding)
                .body(body);
    }

    private static Call batch(String coding, Bytes body) {
        return Call.post("/ce/produce/events")
                .type(Call.BATCH)
                .header("Content-Encoding", coding)
                .body(body);
    }

    private static Bytes gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Bytes.of(bytes.toByteArray());
    }

    private static Bytes zstd(String text) {
        return Bytes.of(Zstd.compress(text.getBytes(StandardCharsets.UTF_8)));
    }
}
