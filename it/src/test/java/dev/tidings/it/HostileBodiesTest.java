package dev.tidings.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.github.luben.zstd.Zstd;
import dev.tidings.model.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bodies made to break whoever reads them.
class HostileBodiesTest {
    private static final int MEBIBYTE = 1 << 20;
    private static final int DEEP = 100_000;

    @RegisterExtension
    static final RunningBroker broker = RunningBroker.with(Shop.CATALOG);

    @RegisterExtension
    final Bystander bystander = new Bystander(broker);

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "[{\"specversion\":\"1.0\",\"data\":["})
    void mayOpenWithoutEnd(String brick) {
        batch(Bytes.utf8(brick.repeat(MEBIBYTE / brick.length()))).refused(400, "malformed-request");
    }

    @Test
    void mayNestDeeply() {
        batch(Bytes.utf8("[".repeat(DEEP) + "]".repeat(DEEP))).refused(400, "malformed-request");
        event(Shop.PLACED, "[".repeat(DEEP) + "]".repeat(DEEP))
                .refused(400, "malformed-request")
                .saying("depth");
    }

    @Test
    void mayNameAnAttributeTwice() {
        String event = Shop.order("twice").toString();

        batch(Bytes.utf8("[" + event.replace("{\"spec", "{\"id\":\"other\",\"spec") + "]"))
                .refused(400, "malformed-request")
                .saying("\"id\"");
    }

    @Test
    void mayHoldNumbersBeyondMeasure() {
        event(Shop.PLACED, "9".repeat(900_000)).refused(400, "malformed-request");
        event(Shop.WEIGHED, "{\"grams\":1e999999999}").refused(422, "schema-violated");
        event(Shop.WEIGHED, "{\"grams\":1e-999999999}").refused(422, "schema-violated");
        event(Shop.WEIGHED, "{\"grams\":1.5e-999999999999999999999}").refused(422, "schema-violated");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\u00ff\u00fe", "\u00c0\u0080", "\u00ed\u00a0\u0080", "\u00f4\u0090\u0080\u0080", "\u00e2\u0082"
            })
    void mayBeNoUtf8(String bytes) {
        String event = Shop.order(bytes).toString();

        batch(Bytes.of(("[" + event + "]").getBytes(ISO_8859_1)))
                .refused(400, "malformed-request")
                .saying("UTF-8");
    }

    @Test
    void mayInflateAThousandfoldManyTimes() {
        byte[] space = new byte[256 * MEBIBYTE];
        Bytes gzip = Bytes.of(gzip(space));
        Bytes zstd = Bytes.of(Zstd.compress(space));

        for (int i = 0; i < 20; i++) {
            compressed("gzip", gzip).refused(413, "request-too-large");
            compressed("zstd", zstd).refused(413, "request-too-large");
        }
    }

    @Test
    void mayHoldABombWithinABomb() {
        Bytes twice = Bytes.of(gzip(gzip(new byte[64 * MEBIBYTE])));

        compressed("gzip", twice).refused(400, "malformed-request");
    }

    @Test
    void mayAskForAHugeWindow() {
        byte[] frame = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0x00, (byte) (31 << 3), 0x01, 0x00, 0x00};

        compressed("zstd", Bytes.of(frame)).refused(400, "malformed-request");
    }

    private static Reply event(String type, String data) {
        String event = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"%s\",\"type\":\"%s\",\"data\":%s}"
                .formatted(Shop.SOURCE, type, data);
        return batch(Bytes.utf8("[" + event + "]"));
    }

    private static Reply batch(Bytes body) {
        return broker.client("shop")
                .send(Call.post("/ce/produce/events").type(Call.BATCH).body(body));
    }

    private static Reply compressed(String coding, Bytes body) {
        return broker.client("shop")
                .send(Call.post("/ce/produce/events")
                        .type(Call.BATCH)
                        .header("Content-Encoding", coding)
                        .body(body));
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
