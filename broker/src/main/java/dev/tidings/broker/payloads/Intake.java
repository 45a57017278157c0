package dev.tidings.broker.payloads;

import dev.tidings.broker.payloads.Receiving.Target;
import dev.tidings.engine.Appended;
import dev.tidings.engine.Unavailable;
import dev.tidings.engine.disk.DiskFile;
import dev.tidings.model.ClientName;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// How payloads come in: room is taken first, then bytes are written, and in the end the payload is made known.
/// Blocks; may be used by many threads.
final class Intake {
    private final PayloadTable table;
    private final PayloadFiles files;
    private final PayloadRules rules;
    private final PayloadConfig config;
    private final InstantSource clock;
    private final UploadTurns turns = new UploadTurns();
    private final AtomicLong stored = new AtomicLong();
    private final AtomicLong storedBytes = new AtomicLong();

    /// What was written.
    ///
    /// @param taken how much room was taken for it
    record Content(long size, String sha256, long taken) {}

    /// Where things are.
    record Places(PayloadTable table, PayloadFiles files) {}

    Intake(Places places, PayloadConfig config, InstantSource clock) {
        table = places.table;
        files = places.files;
        this.config = config;
        this.clock = clock;
        rules = new PayloadRules(config);
    }

    /// Takes room for a payload, and makes ready to receive it in one body.
    Begun receive(PayloadId id, Offer offer) throws IOException {
        Refusal refusal = take(offer);
        if (refusal != null) {
            return new Begun.Refused(refusal);
        }
        return new Begun.Receive(open(new Target(id, offer, null, offer.sha256()), null));
    }

    /// Takes room for a payload that will come in parts.
    Begun wait(PayloadId id, Offer offer) throws IOException {
        Refusal refusal = takeUpload(offer);
        if (refusal != null) {
            return new Begun.Refused(refusal);
        }
        Upload upload = new Upload(id, offer.about(), offer.size(), offer.sha256(), 0, clock.instant());
        boolean begun = false;
        @Nullable CompletionStage<Appended> appending = null;
        try {
            files.partial(id).close();
            files.syncNames();
            appending = table.put(upload);
            durable(appending);
            begun = true;
        } finally {
            if (!begun) {
                giveUp(upload, appending != null);
            }
        }
        return new Begun.Waiting(upload);
    }

    private void giveUp(Upload upload, boolean known) throws IOException {
        if (known) {
            table.forget(upload);
        } else {
            table.giveBackUpload(upload.about().client(), upload.size());
        }
        files.deletePartial(upload.id());
    }

    private synchronized @Nullable Refusal take(Offer offer) throws IOException {
        Refusal refusal = room(offer);
        if (refusal == null) {
            table.take(offer.about().client(), Math.max(0, offer.size()));
        }
        return refusal;
    }

    private synchronized @Nullable Refusal takeUpload(Offer offer) throws IOException {
        Refusal refusal = rules.upload(table.used(offer.about().client()));
        refusal = refusal == null ? room(offer) : refusal;
        if (refusal == null) {
            table.takeUpload(offer.about().client(), offer.size());
        }
        return refusal;
    }

    private @Nullable Refusal room(Offer offer) throws IOException {
        long size = Math.max(0, offer.size());
        Refusal refusal = rules.room(table.used(offer.about().client()), size);
        return refusal == null ? space(size) : refusal;
    }

    /// Makes ready to receive more of an upload, from where it is. Where another request is sending to it, that ends
    /// first.
    ///
    /// @param offset where the client believes it is
    /// @param sha256 of what comes now; null: nothing is said of that
    Begun proceed(Upload known, long offset, @Nullable String sha256) throws IOException {
        if (turns.isClosed(known.id())) {
            return new Begun.Refused(Refusal.retryable(
                    ErrorCode.STORE_UNAVAILABLE,
                    "the disk or the store failed while this upload became a payload: whether it did is known once the"
                            + " broker has started again",
                    PayloadRules.RETRY));
        }
        UploadTurns.Turn turn = turns.take(known.id());
        if (turn == null && isBehind(known, offset)) {
            return elsewhere(known.id(), offset);
        }
        turn = turn == null ? turns.takeOver(known.id()) : turn;
        if (turn == null) {
            return new Begun.Refused(Refusal.retryable(
                    ErrorCode.STATE_CONFLICT,
                    "another request is sending to this upload: wait for its end, or cut it, and ask with HEAD"
                            + " how far it came",
                    Duration.ofSeconds(1)));
        }
        Upload upload = table.upload(known.id());
        if (upload == null || upload.offset() != offset) {
            turns.over(known.id());
            return elsewhere(known.id(), offset);
        }
        Offer offer = new Offer(upload.about(), upload.size(), upload.sha256());
        return new Begun.Receive(open(new Target(upload.id(), offer, upload, sha256), turn));
    }

    /// Whether a request cannot be one that goes on where another is.
    private boolean isBehind(Upload known, long offset) {
        Upload upload = table.upload(known.id());
        return upload == null || offset < upload.offset();
    }

    private Begun elsewhere(PayloadId id, long offset) {
        Upload upload = table.upload(id);
        String found = upload == null ? "it is finished" : "it is at " + upload.offset();
        return new Begun.Refused(
                Refusal.of(
                        ErrorCode.STATE_CONFLICT,
                        "Upload-Offset is " + offset + ", but " + found + ": go on from there"),
                upload);
    }

    private Receiving open(Target target, UploadTurns.@Nullable Turn turn) throws IOException {
        try {
            DiskFile file = files.partial(target.id());
            if (target.upload() != null) {
                // What stands behind the offset was never made durable, and may be anything.
                file.truncate(target.upload().offset());
            }
            return new Receiving(this, target, file, turn);
        } catch (IOException e) {
            leave(target, Math.max(0, target.offer().size()));
            throw e;
        }
    }

    /// Takes more room for a payload whose size nobody said.
    synchronized @Nullable Refusal grow(ClientName client, long more) throws IOException {
        Refusal refusal = rules.bytes(table.used(client).bytes(), more);
        refusal = refusal == null ? space(more) : refusal;
        if (refusal == null) {
            table.resize(client, more);
        }
        return refusal;
    }

    @Nullable
    Refusal space(long more) throws IOException {
        return rules.space(files.usableSpace(), more);
    }

    long largest() {
        return config.largest().bytes();
    }

    Refusal tooLarge() {
        return rules.tooLarge();
    }

    /// So much of an upload is durable now.
    Upload progress(Upload upload, long offset) {
        Upload further = upload.at(offset, clock.instant());
        durable(table.put(further));
        return further;
    }

    /// An upload will not become a payload.
    void abandon(Upload upload) throws IOException {
        try {
            durable(table.remove(upload));
            files.deletePartial(upload.id());
        } finally {
            turns.over(upload.id());
        }
    }

    /// Ends an upload that nobody is sending to; false where somebody is.
    boolean cancel(Upload upload) throws IOException {
        if (turns.take(upload.id()) == null) {
            return false;
        }
        abandon(upload);
        return true;
    }

    /// Gives what was received its name, and makes it known.
    Payload complete(Target target, Content content) throws IOException {
        Payload payload = new Payload(
                target.id(), target.offer().about(), content.size, content.sha256, clock.instant(), Holds.NOTHING);
        boolean known = false;
        boolean back = false;
        try {
            files.complete(payload);
            durable(table.complete(payload));
            known = true;
        } catch (IOException | Unavailable failure) {
            if (!mayBeKnown(failure)) {
                takeBack(target, payload);
                back = true;
            }
            throw failure;
        } finally {
            if (!known) {
                fail(target, content, back);
            }
        }
        table.resize(payload.about().client(), content.size - content.taken);
        turns.over(target.id());
        stored.incrementAndGet();
        storedBytes.addAndGet(content.size);
        return payload;
    }

    private static boolean mayBeKnown(Exception failure) {
        return failure instanceof Unavailable unavailable && unavailable.effect() != Unavailable.Effect.NONE;
    }

    /// Who went on with an upload whose file is, or may be, that of a payload would begin an empty one, and take the
    /// place of the other with it. The next process finds out what there is.
    private void fail(Target target, Content content, boolean back) throws IOException {
        if (back || target.upload() == null) {
            leave(target, content.taken);
        } else {
            turns.close(target.id());
        }
    }

    /// It could not be made known: an upload goes on waiting.
    private void takeBack(Target target, Payload payload) throws IOException {
        if (target.upload() == null) {
            files.delete(payload);
        } else {
            files.resume(payload);
        }
    }

    /// Nobody writes to it any more. Unless it is an upload, what was written goes.
    void leave(Target target, long taken) throws IOException {
        if (target.upload() == null) {
            table.giveBack(target.offer().about().client(), taken);
            files.deletePartial(target.id());
        } else {
            turns.over(target.id());
        }
    }

    /// How many payloads were completed since the start, and their bytes.
    AtomicLong stored() {
        return stored;
    }

    AtomicLong storedBytes() {
        return storedBytes;
    }

    /// Waits until what was appended is durable.
    static void durable(CompletionStage<Appended> appending) {
        try {
            appending.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof Unavailable unavailable ? unavailable : e;
        }
    }
}
