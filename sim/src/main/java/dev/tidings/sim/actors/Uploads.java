package dev.tidings.sim.actors;

import dev.tidings.broker.catalog.Catalog;
import dev.tidings.broker.catalog.ClientEntry;
import dev.tidings.broker.payloads.Begun;
import dev.tidings.broker.payloads.Offer;
import dev.tidings.broker.payloads.Payload;
import dev.tidings.broker.payloads.PayloadId;
import dev.tidings.broker.payloads.Received;
import dev.tidings.broker.payloads.Receiving;
import dev.tidings.broker.payloads.Upload;
import dev.tidings.engine.Unavailable;
import dev.tidings.model.Bytes;
import dev.tidings.model.ClientName;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.EventType;
import dev.tidings.model.Refusal;
import dev.tidings.sim.node.Node;
import dev.tidings.sim.truth.PayloadTruth;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Stores the payloads of a producer, in one body or in several with processes that die between them.
final class Uploads {
    private static final int TRIES = 20;
    private static final int LARGEST = 3_000;

    private final World world;
    private final ClientName client;
    private final SplittableRandom random;

    Uploads(World world, ClientName client, SplittableRandom random) {
        this.world = world;
        this.client = client;
        this.random = random;
    }

    /// Something that asks a process for something, and blocks its thread.
    @FunctionalInterface
    private interface Request {
        void run(Node node) throws IOException;
    }

    /// Null where it came to nothing.
    @Nullable
    PayloadTruth store(EventType type) {
        int size = random.nextInt(4) == 0 ? random.nextInt(LARGEST) : random.nextInt(60);
        Bytes content = Bytes.utf8("payload ".repeat(size / 8 + 1).substring(0, size));
        PayloadTruth payload = world.truth().payload(client, type, content);
        if (random.nextBoolean()) {
            ask(node -> receive(node, payload));
        } else {
            ask(node -> begin(node, payload));
            for (int i = 0; i < TRIES && payload.id() != null && !payload.isStored(); i++) {
                world.rest(random, 300);
                ask(node -> proceed(node, payload));
            }
        }
        world.trace().note(payload + " is stored: " + payload.isStored());
        return payload.isStored() ? payload : null;
    }

    private void ask(Request request) {
        Node node = world.nodeUp();
        var _ = world.line().ask(node, () -> {
            try {
                request.run(node);
                return CompletableFuture.completedStage(true);
            } catch (IOException e) {
                world.truth().expect(world.isUnwell(), "a disk fails only where it is told to", e.toString());
                return CompletableFuture.failedStage(new Unavailable(
                        String.valueOf(e.getMessage()), Unavailable.Effect.UNKNOWN, Duration.ofSeconds(1)));
            } catch (Unavailable e) {
                return CompletableFuture.failedStage(e);
            }
        });
    }

    private void receive(Node node, PayloadTruth payload) throws IOException {
        int size = random.nextBoolean() ? payload.content().length() : -1;
        Catalog catalog = node.broker().catalogs().current();
        switch (node.payloads().receive(catalog, offer(payload, size))) {
            case Begun.Receive(Receiving receiving) -> write(receiving, payload, 0, LARGEST);
            case Begun.Refused(Refusal refusal, var _) -> refused(node, catalog, payload, refusal);
            case Begun.Waiting waiting -> throw new IllegalStateException("a body was offered: " + waiting);
        }
    }

    private void begin(Node node, PayloadTruth payload) throws IOException {
        Catalog catalog = node.broker().catalogs().current();
        switch (node.payloads().begin(catalog, offer(payload, payload.content().length()))) {
            case Begun.Waiting(Upload upload) -> payload.reaches(upload);
            case Begun.Refused(Refusal refusal, var _) -> refused(node, catalog, payload, refusal);
            case Begun.Receive receive -> throw new IllegalStateException("no body was offered: " + receive);
        }
    }

    private static Offer offer(PayloadTruth payload, int size) {
        return new Offer(new Payload.About(payload.client(), payload.type(), "text/plain"), size, null);
    }

    private void refused(Node node, Catalog catalog, PayloadTruth payload, Refusal refusal) {
        ClientEntry entry = catalog.client(client);
        boolean allowed = catalog.type(payload.type()) != null
                && entry != null
                && entry.produces() != null
                && entry.produces().types().contains(payload.type());
        world.truth()
                .expect(
                        !allowed
                                || refusal.code() == ErrorCode.STORE_UNAVAILABLE
                                        && (world.isUnwell() || node.isStopping()),
                        "who may store a payload is let",
                        payload + ": " + refusal);
    }

    /// Goes on where it is, by its own word; another request may be at it.
    private void proceed(Node node, PayloadTruth payload) throws IOException {
        PayloadId id = payload.id();
        Upload upload = id == null ? null : node.payloads().upload(client, id);
        if (upload == null) {
            Payload whole = id == null ? null : node.payloads().own(client, id);
            if (whole != null) {
                payload.stored(whole);
            }
            return;
        }
        payload.found(upload);
        if (node.payloads().proceed(upload, upload.offset(), null) instanceof Begun.Receive(Receiving receiving)) {
            write(receiving, payload, (int) upload.offset(), 1 + random.nextInt(LARGEST));
        }
    }

    private void write(Receiving receiving, PayloadTruth payload, int from, int most) throws IOException {
        Bytes content = payload.content();
        int to = Math.min(content.length(), from + most);
        boolean ends = false;
        try {
            Refusal refusal = receiving.write(content.slice(from, to).toBuffer());
            if (refusal == null && random.nextInt(6) > 0) {
                ends = true;
                if (to == content.length()) {
                    payload.completes();
                }
                learn(payload, receiving.end());
            }
        } finally {
            if (!ends) {
                receiving.cut();
            }
        }
    }

    private void learn(PayloadTruth payload, Received received) {
        switch (received) {
            case Received.Complete(Payload whole) -> payload.stored(whole);
            case Received.Partial(Upload upload) -> payload.reaches(upload);
            case Received.Refused(Refusal refusal) ->
                world.truth().expect(false, "who may store a payload is let", payload + ": " + refusal);
        }
    }
}
