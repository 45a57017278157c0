package dev.tidings.sim.truth;

import dev.tidings.broker.payloads.Payload;
import dev.tidings.broker.payloads.PayloadId;
import dev.tidings.broker.payloads.Upload;
import dev.tidings.engine.Partition;
import dev.tidings.engine.disk.DiskFile;
import dev.tidings.model.Bytes;
import dev.tidings.model.ClientName;
import dev.tidings.model.EventType;
import dev.tidings.sim.node.Node;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known of a payload: what its client was answered, and which events refer to it.
public final class PayloadTruth {
    private final Truth truth;
    private final ClientName client;
    private final EventType type;
    private final Bytes content;
    private final List<Sent> references = new ArrayList<>();
    private @Nullable PayloadId id;
    private boolean stored;
    /// Before it can have been stored.
    private long beganMillis = Long.MAX_VALUE;
    private long offset = -1;

    PayloadTruth(Truth truth, ClientName client, EventType type, Bytes content) {
        this.truth = truth;
        this.client = client;
        this.type = type;
        this.content = content;
    }

    public ClientName client() {
        return client;
    }

    public EventType type() {
        return type;
    }

    public Bytes content() {
        return content;
    }

    public @Nullable PayloadId id() {
        return id;
    }

    public boolean isStored() {
        return stored;
    }

    /// So much of it is durable.
    public void reaches(Upload upload) {
        id = upload.id();
        found(upload);
        offset = upload.offset();
    }

    /// A process says that so much of it is there; more may be on its way to the disk.
    public void found(Upload upload) {
        truth.expect(
                upload.offset() >= offset,
                "what of an upload is durable stays so",
                () -> this + " was at " + offset + " and is at " + upload.offset());
    }

    /// All of it has come, and it is to become a payload. A power cut in the middle of that may take an upload: a file
    /// has two names then, and this disk may lose one without keeping the other. Nobody was told that it is stored.
    public void completes() {
        offset = -1;
        beganMillis = Math.min(beganMillis, truth.clock.millis());
    }

    /// All of it is durable.
    public void stored(Payload payload) {
        id = payload.id();
        stored = true;
    }

    /// An event is about to refer to it.
    public void referred(Sent event) {
        references.add(event);
    }

    boolean isReferredToBy(Sent event) {
        return references.contains(event);
    }

    /// Whether it cannot have gone: an event refers to it that is there, or none was ever to and time is not over.
    boolean isKept(Node node) {
        boolean lately = truth.latestMillis() - beganMillis
                < node.payloads().config().unreferenced().toMillis();
        return stored && (references.isEmpty() ? lately : references.stream().anyMatch(event -> isThere(event, node)));
    }

    private boolean isThere(Sent event, Node node) {
        long first = node.engine().log().extent(Partition.only(event.stream)).first();
        return truth.log.places(event).stream().anyMatch(place -> place.position() >= first);
    }

    /// It is there as it was stored, or as far as it had come.
    void expectThere(Node node) throws IOException {
        PayloadId named = id;
        if (named == null) {
            return;
        }
        Payload payload = node.payloads().own(client, named);
        if (payload != null) {
            truth.expect(
                    content.equals(read(node, payload)),
                    "a payload is what was stored",
                    () -> this + " is " + payload.size() + " bytes of " + content.length());
        } else if (stored) {
            truth.expect(!isKept(node), "a payload is kept as long as its events", () -> this + " is gone");
        } else if (offset >= 0) {
            Upload upload = node.payloads().upload(client, named);
            truth.expect(
                    upload != null && upload.offset() >= offset,
                    "what of an upload is durable stays so",
                    () -> this + " was at " + offset + " and is " + upload);
        }
    }

    private static Bytes read(Node node, Payload payload) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) payload.size());
        try (DiskFile file = node.payloads().read(payload)) {
            while (bytes.hasRemaining() && file.read(bytes, bytes.position()) > 0) {
                // until all is read
            }
        }
        return Bytes.of(bytes.array());
    }

    @Override
    public String toString() {
        return "the payload " + id + " of " + client;
    }
}
