package dev.tidings.it;

import static dev.tidings.it.Statement.BEYOND_PAYLOADS;
import static dev.tidings.it.Statement.BEYOND_PAYLOAD_DIGESTS;
import static dev.tidings.it.Statement.BEYOND_PAYLOAD_RANGES;
import static dev.tidings.it.Statement.BEYOND_PAYLOAD_REFERENCES;
import static dev.tidings.it.Statement.BEYOND_PAYLOAD_RIGHTS;
import static dev.tidings.it.Statement.BEYOND_PAYLOAD_SCHEMAS;
import static dev.tidings.it.Statement.BEYOND_PAYLOAD_UPLOADS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.payloads.PayloadConfig;
import dev.tidings.model.Bytes;
import dev.tidings.model.DataSize;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Payloads that are too large for events.
class PayloadsTest {
    private static final String SCANNED = "Shop.Store.Order.Scanned";
    private static final CatalogText CATALOG = Shop.CATALOG
            .type(SCANNED, "{ dataref: true, schema: { required: [grams] } }")
            .client("scanner", "produces: { sources: [" + Shop.SOURCE + "], types: [" + SCANNED + "] }")
            .client("archive", "consumes: { types: [" + SCANNED + "] }")
            .client("till", "produces: { sources: [/shop/till], types: [" + Shop.PLACED + "] }")
            .client("packer", "consumes: { types: [" + Shop.PACKED + "] }");
    private static final String STORE = "/ce/payloads?type=" + Shop.PLACED;

    @RegisterExtension
    final RunningBroker broker = RunningBroker.with(CATALOG)
            .and(config -> config.withBroker(
                    config.broker().withPayloads(PayloadConfig.DEFAULT.withLargest(DataSize.ofMebibytes(2)))));

    @Test
    @Proves(BEYOND_PAYLOADS)
    void goFromProducerToConsumer() {
        JsonNode stored = store("a scan of a page");
        broker.client("shop").produce(order("1", ref(stored))).accepted(1, 0);

        JsonNode event = broker.client("desk").poll("").event();
        Reply fetched =
                broker.client("desk").get(event.path("dataref").asString()).expect(200);

        assertThat(fetched.text()).isEqualTo("a scan of a page");
        assertThat(stored.path("size").asInt()).isEqualTo(16);
        assertThat(stored.path("expires").asString()).matches("[0-9T:-]{19}(\\.[0-9]{3})?Z");
        assertThat(fetched.header("Content-Type")).isEqualTo("application/pdf");
        assertThat(fetched.header("Content-Disposition")).isEqualTo("attachment");
        assertThat(fetched.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(fetched.header("Repr-Digest")).isEqualTo(digest("a scan of a page"));
        assertThat(fetched.header("Content-Digest")).isEqualTo(digest("a scan of a page"));
        assertThat(fetched.header("ETag")).isEqualTo('"' + stored.path("sha256").asString() + '"');
    }

    @Test
    @Proves(BEYOND_PAYLOAD_SCHEMAS)
    void standInForDataWhereATypeWithASchemaAllowsIt() {
        Client scanner = broker.client("scanner");
        String reference = scanner.send(
                        Call.of("PUT", "/ce/payloads?type=" + SCANNED).body("{}"))
                .expect(201)
                .json()
                .path("dataref")
                .asString();
        ObjectNode thin = Shop.event(SCANNED, "1").put("dataref", reference);
        thin.remove("data");
        ObjectNode empty = Shop.event(SCANNED, "2");
        empty.remove("data");
        ObjectNode wrong = Shop.event(SCANNED, "3").put("dataref", reference);
        wrong.putObject("data");
        ObjectNode notAllowed = Shop.event(Shop.WEIGHED, "4").put("dataref", "https://elsewhere.example/scan");
        notAllowed.remove("data");

        scanner.produce(thin).accepted(1, 0);
        scanner.produce(empty).expect(422);
        scanner.produce(wrong).expect(422);
        broker.client("shop").produce(notAllowed).expect(422);

        assertThat(broker.client("archive").poll("").event().has("data")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes=0-0 | 206 | a",
                "bytes=2-5 | 206 | scan",
                "bytes=2- | 206 | scan",
                "bytes=-4 | 206 | scan",
                "bytes=2-99 | 206 | scan",
                "bytes=0-0,2-3 | 200 | a scan",
                "bytes=5-2 | 200 | a scan",
                "lines=1-2 | 200 | a scan"
            })
    @Proves(BEYOND_PAYLOAD_RANGES)
    void areFetchedByRanges(String range, int status, String expected) {
        String reference = ref(store("a scan"));

        Reply reply = broker.client("shop").send(Call.get(reference).header("Range", range));

        assertThat(reply.expect(status).text()).isEqualTo(expected);
    }

    @Test
    @Proves(BEYOND_PAYLOAD_RANGES)
    void areFetchedOnlyWhereTheyAreWhatTheClientHas() {
        Client shop = broker.client("shop");
        JsonNode stored = store("a scan");
        String tag = '"' + stored.path("sha256").asString() + '"';
        Call part = Call.get(ref(stored)).header("Range", "bytes=2-");

        assertThat(shop.send(part.header("If-Range", tag)).expect(206).header("Content-Range"))
                .isEqualTo("bytes 2-5/6");
        assertThat(shop.send(part.header("If-Range", "\"other\"")).expect(200).text())
                .isEqualTo("a scan");
        assertThat(shop.send(Call.get(ref(stored)).header("If-None-Match", tag))
                        .expect(304)
                        .text())
                .isEmpty();
        assertThat(shop.send(Call.get(ref(stored)).header("Range", "bytes=6-"))
                        .expect(416)
                        .header("Content-Range"))
                .isEqualTo("bytes */6");
        assertThat(shop.send(Call.of("HEAD", ref(stored))).expect(200).header("Content-Length"))
                .isEqualTo("6");
    }

    @Test
    @Proves(BEYOND_PAYLOAD_DIGESTS)
    void areRefusedWhereTheyAreNotWhatTheirDigestSays() {
        Client shop = broker.client("shop");
        Call put = Call.of("PUT", STORE).body("a scam");

        shop.send(put.header("Content-Digest", digest("a scan"))).expect(400);
        shop.send(put.header("Repr-Digest", digest("a scan"))).expect(400);
        shop.send(put.header("Repr-Digest", "sha-512=:AAAA:")).expect(400);
        shop.send(put.header("Repr-Digest", digest("a scam"))).expect(201);
    }

    @Test
    void areRefusedWhereTheyAreTooLarge() {
        Client shop = broker.client("shop");
        Bytes most = Bytes.of(new byte[2 << 20]);
        Bytes more = Bytes.of(new byte[(2 << 20) + 1]);

        shop.send(Call.of("PUT", STORE).body(most)).expect(201);
        shop.send(Call.of("PUT", STORE).body(more)).expect(413);
        shop.send(Call.post(STORE).header("Upload-Length", Integer.toString(more.length())))
                .expect(413);
    }

    @Test
    void areRefusedCompressedInPartsOrWithoutAType() {
        Client shop = broker.client("shop");

        Reply coded = shop.send(
                Call.of("PUT", STORE).header("Content-Encoding", "gzip").body("…"));

        assertThat(coded.expect(415).header("Accept-Encoding")).isEqualTo("identity");
        shop.send(Call.of("PUT", "/ce/payloads").body("a")).expect(400);
        shop.send(Call.of("PUT", STORE).header("Content-Range", "bytes 0-0/2").body("a"))
                .expect(400);
        shop.send(Call.of("PUT", STORE).type("no media type").body("a")).expect(400);
        shop.send(Call.post(STORE)).expect(400);
    }

    @Test
    @Proves(BEYOND_PAYLOAD_REFERENCES)
    void areReferredToByTheirProducerInEventsOfTheirType() {
        Client shop = broker.client("shop");
        String reference = ref(store("a scan"));
        String never = reference.substring(0, reference.length() - 4) + "0000";

        Reply refused = shop.produce(order("1", reference), order("2", never)).expect(422);

        assertThat(refused.json().path("type").asString()).endsWith("/unknown-payload");
        assertThat(refused.json().path("errors").get(0).path("index").asInt()).isEqualTo(1);
        assertThat(refused.json().path("errors").get(0).path("pointer").asString())
                .isEqualTo("/dataref");
        shop.produce(Shop.event(Shop.PAID, "3").put("dataref", reference)).expect(422);
        broker.client("till")
                .produce(order("4", reference).put("source", "/shop/till"))
                .expect(422);
        shop.produce(order("5", reference)).accepted(1, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://elsewhere.example/scan.pdf", "urn:scan:1", "../scan", ""})
    @Proves(BEYOND_PAYLOAD_REFERENCES)
    void areNotWhatReferencesElsewhereLeadTo(String reference) {
        broker.client("shop").produce(order("1", reference)).accepted(1, 0);

        assertThat(broker.client("desk").poll("").event().path("dataref").asString())
                .isEqualTo(reference);
    }

    @Test
    @Proves(BEYOND_PAYLOAD_RIGHTS)
    void areForTheirProducerAndForThoseWhoMayConsumeTheirType() {
        String reference = ref(store("a scan"));

        broker.client("desk").get(reference).expect(404);
        broker.client("shop").produce(order("1", reference)).accepted(1, 0);

        broker.client("desk").get(reference).expect(200);
        broker.client("shop").get(reference).expect(200);
        for (String stranger : List.of("packer", "till", "nobody", "admin")) {
            broker.client(stranger).get(reference).expect(401);
        }
        broker.clientWith(null).get(reference).expect(401);
        broker.clientWith(null).send(Call.of("PUT", STORE).body("a")).expect(401);
    }

    @Test
    @Proves(BEYOND_PAYLOAD_UPLOADS)
    void goOnBehindACutAndARestart() throws IOException {
        Client shop = broker.client("shop");
        String path = begin(shop, "a scan of a page").replace(broker.address(), "");
        cut(path, "a scan");
        awaitOffset(path, "6");

        broker.restart();
        Reply rest = broker.client("shop")
                .send(Call.of("PATCH", path).header("Upload-Offset", "6").body(" of a page"));

        assertThat(rest.expect(201).header("Upload-Complete")).isEqualTo("?1");
        assertThat(broker.client("shop").get(path).expect(200).json().path("dataref"))
                .isEqualTo(rest.json().path("dataref"));
        assertThat(broker.client("shop").get(ref(rest.json())).text()).isEqualTo("a scan of a page");
    }

    @Test
    @Proves(BEYOND_PAYLOAD_UPLOADS)
    void goOnWhileTheOlderConnectionIsNotKnownToBeDead() throws IOException {
        Client shop = broker.client("shop");
        String upload = begin(shop, "a scan");
        URI address = URI.create(broker.address());
        try (Socket dead = new Socket(address.getHost(), address.getPort())) {
            dead.getOutputStream()
                    .write(("PATCH " + URI.create(upload).getPath() + " HTTP/1.1\r\nHost: here\r\n"
                                    + "Authorization: Bearer shop\r\nUpload-Offset: 0\r\nContent-Length: 6\r\n"
                                    + "Expect: 100-continue\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String begun = new String(dead.getInputStream().readNBytes(25), StandardCharsets.US_ASCII);

            Reply newer = shop.send(
                    Call.of("PATCH", upload).header("Upload-Offset", "0").body("a scan"));

            assertThat(begun).startsWith("HTTP/1.1 100 Continue");
            assertThat(newer.expect(201).json().path("dataref").asString()).isNotEmpty();
            assertThat(new String(dead.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 409 ")
                    .contains("a newer request goes on with this upload");
        }
    }

    /// Else the connection would wait for the rest of what nobody wants.
    @Test
    void endTheConnectionThatSendsMoreThanWasSaid() throws IOException {
        String upload = begin(broker.client("shop"), "a scan");
        URI address = URI.create(broker.address());
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream()
                    .write(("PATCH " + URI.create(upload).getPath() + " HTTP/1.1\r\nHost: here\r\n"
                                    + "Authorization: Bearer shop\r\nUpload-Offset: 0\r\nContent-Length: 1000\r\n\r\n"
                                    + "more than a scan")
                            .getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    @Proves(BEYOND_PAYLOAD_UPLOADS)
    void sayWhereTheyAreToWhoIsWrongAboutIt() {
        Client shop = broker.client("shop");
        String upload = begin(shop, "a scan");
        shop.send(Call.of("PATCH", upload).header("Upload-Offset", "0").body("a s"))
                .expect(200);

        Reply wrong =
                shop.send(Call.of("PATCH", upload).header("Upload-Offset", "0").body("a scan"));

        assertThat(wrong.expect(409).header("Upload-Offset")).isEqualTo("3");
        shop.send(Call.of("PATCH", upload).body("can")).expect(400);
        shop.send(Call.of("PATCH", upload)
                        .header("Upload-Offset", "3")
                        .header("Content-Digest", digest("can"))
                        .body("cam"))
                .refused(400, "digest-mismatch");
        assertThat(shop.send(Call.of("HEAD", upload)).header("Upload-Offset")).isEqualTo("3");
        broker.client("till").get(upload).expect(404);
        shop.send(Call.of("DELETE", upload)).expect(204);
        shop.get(upload).expect(404);
    }

    @Test
    void areRefusedWhereTheDiskIsNearlyFull() {
        PayloadConfig usual = PayloadConfig.DEFAULT;
        PayloadConfig reserving = new PayloadConfig(
                usual.largest(),
                usual.clientBytes(),
                usual.clientPayloads(),
                usual.clientUploads(),
                usual.payloads(),
                usual.transfers(),
                usual.clientTransfers(),
                usual.unreferenced(),
                usual.unfinished(),
                new DataSize(Long.MAX_VALUE));
        try (RunningBroker full = RunningBroker.with(CATALOG)
                .and(config -> config.withBroker(config.broker().withPayloads(reserving)))
                .start()) {
            Reply refused = full.client("shop").send(Call.of("PUT", STORE).body("a scan"));

            assertThat(refused.expect(503).header("Retry-After")).isNotEmpty();
            full.client("shop").produce(Shop.order("1")).accepted(1, 0);
        }
    }

    private JsonNode store(String text) {
        return broker.client("shop")
                .send(Call.of("PUT", STORE).type("application/pdf").body(text))
                .expect(201)
                .json();
    }

    private static String begin(Client client, String text) {
        return client.send(Call.post(STORE)
                        .header("Upload-Length", Integer.toString(text.length()))
                        .header("Repr-Digest", digest(text)))
                .expect(201)
                .header("Location");
    }

    /// Sends a part of a body, and goes away.
    private void cut(String path, String part) throws IOException {
        URI address = URI.create(broker.address());
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("PATCH " + path + " HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer shop\r\n"
                            + "Upload-Offset: 0\r\nContent-Length: 16\r\n\r\n" + part)
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
    }

    private void awaitOffset(String path, String offset) {
        Call head = Call.of("HEAD", path);
        while (!broker.client("shop")
                .send(head)
                .expect(200)
                .header("Upload-Offset")
                .equals(offset)) {
            Thread.onSpinWait();
        }
    }

    private static ObjectNode order(String id, String reference) {
        return Shop.order(id).put("dataref", reference);
    }

    private static String ref(JsonNode stored) {
        return stored.path("dataref").asString();
    }

    private static String digest(String text) {
        byte[] digest = HexFormat.of().parseHex(Digests.sha256(text));
        return "sha-256=:" + Base64.getEncoder().encodeToString(digest) + ":";
    }
}
