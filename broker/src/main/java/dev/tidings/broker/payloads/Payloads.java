package dev.tidings.broker.payloads;

import dev.tidings.broker.catalog.Catalog;
import dev.tidings.broker.catalog.ClientEntry;
import dev.tidings.broker.lanes.LaneStreams;
import dev.tidings.engine.Batch;
import dev.tidings.engine.Corrupt;
import dev.tidings.engine.Engine;
import dev.tidings.engine.EngineWithLog;
import dev.tidings.engine.disk.Disk;
import dev.tidings.engine.disk.DiskFile;
import dev.tidings.model.ClientName;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Event;
import dev.tidings.model.Flaw;
import dev.tidings.model.Refusal;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Large payloads, which events refer to (`dataref`, an extension of CloudEvents): stored before the event is
/// published, fetched by those who receive it, kept for as long as it is. May be used by any thread. What touches the
/// disk blocks, and throws an [IOException] where the disk fails or is full
/// ([dev.tidings.engine.disk.DiskFullException]), or an [dev.tidings.engine.Unavailable] where the store does.
public final class Payloads implements PayloadClaims {
    private static final Logger LOG = LoggerFactory.getLogger(Payloads.class);

    private final Parts parts;
    private final Held held;
    private final PayloadConfig config;
    private final PayloadRules rules;
    private final PayloadTable table;
    private final Intake intake;
    private final Collector collector;
    private final Transfers transfers;
    private final AtomicInteger damaged = new AtomicInteger();

    /// What payloads stand on.
    ///
    /// @param disk   the store's
    /// @param random names payloads: not to be guessed
    public record Parts(Engine engine, Disk disk, InstantSource clock, RandomGenerator random) {}

    /// What is stored.
    private record Held(String mark, PayloadFiles files) {}

    private Payloads(Parts parts, PayloadConfig config, Held held) {
        this.parts = parts;
        this.config = config;
        this.held = held;
        rules = new PayloadRules(config);
        table = new PayloadTable(parts.engine, parts.clock);
        Intake.Places places = new Intake.Places(table, held.files);
        intake = new Intake(places, config, parts.clock);
        collector = new Collector(places, parts.engine.log(), config, parts.clock);
        transfers = new Transfers(config);
    }

    /// Opens what is stored, and mends what the end of a process left undone. Blocks.
    public static Payloads open(Parts parts, PayloadConfig config) throws IOException {
        PayloadFiles files = PayloadFiles.open(parts.disk);
        String mark = PayloadRows.mark(parts.engine.states());
        if (mark == null) {
            mark = PayloadId.mark(parts.random);
            Intake.durable(parts.engine.log().append(Batch.ofStates(List.of(PayloadRows.putMark(mark)))));
        }
        Payloads payloads = new Payloads(parts, config, new Held(mark, files));
        payloads.load();
        return payloads;
    }

    private void load() throws IOException {
        List<Payload> stored = PayloadRows.payloads(parts.engine.states());
        List<Upload> uploads = PayloadRows.uploads(parts.engine.states());
        List<Upload> there = held.files.tidy(new PayloadFiles.Known(held.mark, stored, uploads));
        table.load(stored, uploads);
        for (Upload upload : uploads) {
            if (!there.contains(upload)) {
                LOG.error("the file of the upload {} is gone: it has to be begun anew", upload.id());
                Intake.durable(table.remove(upload));
            }
        }
        for (Payload payload : stored) {
            if (!held.files.has(payload)) {
                damaged.incrementAndGet();
                LOG.error("the file {} is missing, or not {} bytes long", PayloadFiles.path(payload), payload.size());
            }
        }
    }

    /// The engine as the rooms of the broker are to see it: what they append keeps the payloads that it refers to.
    public Engine engine() {
        return new EngineWithLog(parts.engine, new HoldingLog(parts.engine.log(), table));
    }

    public PayloadConfig config() {
        return config;
    }

    public Transfers transfers() {
        return transfers;
    }

    /// Makes ready to receive a payload in one body.
    public Begun receive(Catalog catalog, Offer offer) throws IOException {
        Refusal refusal = refusal(catalog, offer);
        return refusal == null ? intake.receive(newId(), offer) : new Begun.Refused(refusal);
    }

    /// Begins an upload, to which bodies may come for a while.
    ///
    /// @param offer its size is known
    public Begun begin(Catalog catalog, Offer offer) throws IOException {
        Refusal refusal = refusal(catalog, offer);
        return refusal == null ? intake.wait(newId(), offer) : new Begun.Refused(refusal);
    }

    private @Nullable Refusal refusal(Catalog catalog, Offer offer) {
        String unwritable = parts.engine.status().refusal();
        return unwritable == null
                ? rules.mayStore(catalog, offer.about().client(), offer.about().type())
                : Refusal.retryable(ErrorCode.STORE_UNAVAILABLE, unwritable, PayloadRules.RETRY);
    }

    private PayloadId newId() {
        return PayloadId.random(held.mark, parts.random);
    }

    /// An upload of this client that is not finished; null where there is none of that id.
    public @Nullable Upload upload(ClientName client, PayloadId id) {
        Upload upload = table.upload(id);
        return upload != null && upload.about().client().equals(client) ? upload : null;
    }

    /// A payload of this client; null where there is none of that id.
    public @Nullable Payload own(ClientName client, PayloadId id) {
        Payload payload = table.payload(id);
        return payload != null && payload.about().client().equals(client) ? payload : null;
    }

    /// Makes ready to receive more of an upload.
    ///
    /// @param offset where the client believes it is
    /// @param sha256 of what comes now; null: nothing is said of that
    public Begun proceed(Upload upload, long offset, @Nullable String sha256) throws IOException {
        return intake.proceed(upload, offset, sha256);
    }

    /// Ends an upload without a payload; false where a request is sending to it.
    public boolean cancel(Upload upload) throws IOException {
        return intake.cancel(upload);
    }

    /// The payload, if the client may fetch it.
    public Fetched fetch(@Nullable ClientEntry client, PayloadId id) {
        Payload payload = table.payload(id);
        if (payload == null) {
            return new Fetched.Refused(Refusal.of(
                    ErrorCode.NOT_FOUND,
                    "there is no such payload: it goes when the events that refer to it have gone"));
        }
        Refusal refusal = rules.mayFetch(payload, client);
        return refusal == null ? new Fetched.Found(payload) : new Fetched.Refused(refusal);
    }

    /// What came of wanting to fetch a payload.
    public sealed interface Fetched {
        record Found(Payload payload) implements Fetched {}

        record Refused(Refusal refusal) implements Fetched {}
    }

    /// The bytes of a payload. [Corrupt] where they are not all there. To be closed.
    public DiskFile read(Payload payload) throws IOException {
        if (!held.files.has(payload)) {
            throw new Corrupt(PayloadFiles.path(payload), 0, "the file is missing, or has not its length");
        }
        return held.files.read(payload);
    }

    /// When a payload goes that no event comes to refer to.
    public Instant expires(Payload payload) {
        return payload.stored().plus(config.unreferenced());
    }

    /// When an upload goes that does not go on.
    public Instant expires(Upload upload) {
        return upload.touched().plus(config.unfinished());
    }

    @Override
    public Claim claim(ClientEntry client, List<Batch.Entry> entries) {
        List<PayloadId> pinned = new ArrayList<>(0);
        List<Flaw> flaws = new ArrayList<>(0);
        for (int i = 0; i < entries.size(); i++) {
            String reference = entries.get(i).event().dataRef();
            PayloadId id = reference == null ? null : PayloadId.inReference(reference);
            if (id != null) {
                claim(id, new Claimed(i, client, entries.get(i)), pinned, flaws);
            }
        }
        Runnable release = () -> pinned.forEach(table::unpin);
        if (flaws.isEmpty()) {
            return pinned.isEmpty() ? Claim.NOTHING : new Claim.Held(release);
        }
        release.run();
        return new Claim.Refused(Refusal.of(
                ErrorCode.UNKNOWN_PAYLOAD,
                flaws.size() + (flaws.size() == 1 ? " event refers" : " events refer")
                        + " to a payload that cannot be referred to; nothing was stored",
                flaws));
    }

    private record Claimed(int index, ClientEntry client, Batch.Entry entry) {}

    /// An id that is none of this store's leads elsewhere, and is nobody's business here.
    private void claim(PayloadId id, Claimed claimed, List<PayloadId> pinned, List<Flaw> flaws) {
        table.pin(id);
        pinned.add(id);
        Payload payload = table.payload(id);
        if (payload == null && !id.isOf(held.mark)) {
            return;
        }
        Event event = claimed.entry.event();
        boolean test = LaneStreams.clientOfTest(claimed.entry.stream()).isPresent();
        String reason = rules.mayRefer(payload, claimed.client, event.type(), test);
        if (reason != null) {
            flaws.add(new Flaw(claimed.index, event.id(), "/dataref", "dataref " + reason));
        }
    }

    /// Removes what nothing refers to any more, and uploads that did not go on. Blocks.
    public void sweep() throws IOException {
        collector.sweep(intake);
    }

    /// Runs the task while no payload is removed. Blocks.
    public <T> T pausing(Pause<T> task) throws IOException {
        return collector.pausing(task);
    }

    /// The files of all payloads, in the directory of the store: each stays as it is until it goes.
    public List<StoredFile> files() {
        return table.payloads().stream()
                .map(payload -> new StoredFile(PayloadFiles.path(payload), payload.size()))
                .toList();
    }

    public record StoredFile(String path, long size) {}

    /// Tells the figures to whoever asks.
    public PayloadFigures figures() {
        PayloadRules.Used total = table.total();
        return new PayloadFigures(
                total.payloads(),
                total.bytes(),
                total.uploads(),
                transfers.count(),
                intake.stored().get(),
                intake.storedBytes().get(),
                collector.collected().get(),
                damaged.get());
    }
}
