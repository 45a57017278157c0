package dev.tidings.broker.payloads;

import dev.tidings.engine.disk.DiskFile;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/// One body on its way to the disk. It belongs to one thread at a time, and blocks it. Whoever has it ends it
/// with [#end], or with [#cut] where the body does not come to its end, was refused, or the disk failed.
public final class Receiving {
    /// After so many bytes what came is made durable, and the room for more is looked at.
    static final long STRIDE = 16L << 20;

    private final Intake intake;
    private final Target target;
    private final DiskFile file;
    private final UploadTurns.@Nullable Turn turn;
    private final MessageDigest digest = Sha256.digest();
    private final long start;
    private long offset;
    private long synced;
    private long taken;
    private boolean ended;
    private boolean broken;

    /// What is received.
    ///
    /// @param offer  what was said of the payload
    /// @param upload the upload that the body belongs to; null: the body is the payload
    /// @param sha256 what the body must have; null: nothing was said of that
    record Target(
            PayloadId id,
            Offer offer,
            @Nullable Upload upload,
            @Nullable String sha256) {}

    /// @param turn null: nobody else can send to the same
    Receiving(Intake intake, Target target, DiskFile file, UploadTurns.@Nullable Turn turn) {
        this.intake = intake;
        this.target = target;
        this.file = file;
        this.turn = turn;
        start = target.upload == null ? 0 : target.upload.offset();
        offset = start;
        synced = start;
        taken = Math.max(0, target.offer.size());
    }

    /// Runs the task once a newer request wants to go on with the same upload, on that one's thread, which waits for
    /// the end of this. At once, where one does already.
    public void whenTakenOver(Runnable task) {
        if (turn != null) {
            turn.whenAsked(task);
        }
    }

    /// Takes the next bytes; says why they are too many.
    public @Nullable Refusal write(ByteBuffer bytes) throws IOException {
        long after = offset + bytes.remaining();
        Refusal refusal = target.offer.sized() ? fits(after) : grow(after);
        if (refusal == null && after - synced >= STRIDE) {
            refusal = stride();
        }
        if (refusal == null) {
            digest.update(bytes.duplicate());
            file.write(bytes, offset);
            offset = after;
        }
        return refusal;
    }

    private @Nullable Refusal fits(long after) {
        return after <= target.offer.size()
                ? null
                : malformed("the payload was to have " + target.offer.size() + " bytes, and more came");
    }

    /// Nobody said how much there will be: room is taken as it comes.
    private @Nullable Refusal grow(long after) throws IOException {
        while (after > taken) {
            long more = Math.min(STRIDE, intake.largest() - taken);
            Refusal refusal = more == 0
                    ? intake.tooLarge()
                    : intake.grow(target.offer.about().client(), more);
            if (refusal != null) {
                return refusal;
            }
            taken += more;
        }
        return null;
    }

    private @Nullable Refusal stride() throws IOException {
        sync();
        if (target.upload != null) {
            intake.progress(target.upload, offset);
        }
        return intake.space(STRIDE);
    }

    /// The body has come to its end.
    public Received end() throws IOException {
        Upload upload = target.upload;
        String found = Sha256.hex(digest);
        if (target.sha256 != null && !target.sha256.equals(found)) {
            offset = start;
            file.truncate(start);
            cut();
            return new Received.Refused(mismatch(target.sha256, found));
        }
        sync();
        if (upload == null) {
            return offset < target.offer.size() ? tooShort() : complete(found);
        }
        if (offset < upload.size()) {
            ended = true;
            return new Received.Partial(pause(upload));
        }
        String whole = Sha256.of(file);
        if (upload.sha256() != null && !upload.sha256().equals(whole)) {
            ended = true;
            try (file) {
                intake.abandon(upload);
            }
            return new Received.Refused(mismatch(upload.sha256(), whole));
        }
        return complete(whole);
    }

    private Received tooShort() throws IOException {
        cut();
        return new Received.Refused(malformed(
                "the payload was to have " + target.offer.size() + " bytes, and has " + offset + "; send it again"));
    }

    private Received complete(String sha256) throws IOException {
        ended = true;
        try (file) {
            return new Received.Complete(intake.complete(target, new Intake.Content(offset, sha256, taken)));
        }
    }

    private static Refusal malformed(String detail) {
        return Refusal.of(ErrorCode.MALFORMED_REQUEST, detail);
    }

    private static Refusal mismatch(String expected, String found) {
        return Refusal.of(
                ErrorCode.DIGEST_MISMATCH,
                "expected bytes with the SHA-256 " + expected + ", and what came has " + found
                        + "; it was not kept, send it again");
    }

    /// What came of an upload is kept, and of what is none nothing is. Does nothing where it has ended.
    public void cut() throws IOException {
        if (ended) {
            return;
        }
        ended = true;
        if (target.upload != null && !broken) {
            pause(target.upload);
            return;
        }
        try (file) {
            intake.leave(target, taken);
        }
    }

    /// Makes what came durable; the upload goes on from there.
    private Upload pause(Upload upload) throws IOException {
        try (file) {
            sync();
            return intake.progress(upload, offset);
        } finally {
            intake.leave(target, taken);
        }
    }

    /// After a failure a second try would prove nothing: what came since the last success may be lost.
    private void sync() throws IOException {
        try {
            file.sync();
            synced = offset;
        } catch (IOException e) {
            broken = true;
            throw e;
        }
    }
}
