package dev.tidings.wire;

import dev.tidings.model.Bytes;
import dev.tidings.model.DataSize;
import dev.tidings.model.Flaw;
import dev.tidings.model.Submission;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads events in the three modes of the CloudEvents HTTP binding. What cannot be parsed, or is too large, is
/// refused; what is wrong with the attributes of events stands in the submission's flaws, all that one pass finds.
///
/// An event's JSON is a slice of the body it came in (in binary mode: JSON written here), without `offset`, and
/// without a `time` of null. Repeated attributes are malformed JSON here. `id`, `source`, `subject` and
/// `partitionkey` have at most 1024 characters, the name of a member anywhere in JSON 2048, a number 1000 digits;
/// everything else is bounded by the size of the event.
///
/// `latest` is the latest `time` that an event may bear: now, and what the clocks may differ.
///
/// May be used by any thread.
public final class CloudEvents {
    private final Limits limits;
    private final StrictJson strict;
    private final EventScanner.Kept kept;
    private final BinaryReader binary;

    public CloudEvents(Limits limits) {
        this.limits = limits;
        strict = new StrictJson(limits.depth());
        kept = new EventScanner.Kept(strict, new Familiar());
        binary = new BinaryReader(strict, limits);
    }

    /// What one request may hold.
    ///
    /// @param event the largest event, by its JSON without `offset`, as it is stored; binary payloads count in
    ///              their base64 form
    /// @param depth how deep JSON may nest, the event and the batch around it included
    /// @param batch how many events a batch may hold
    public record Limits(DataSize event, int depth, int batch) {
        public static final Limits DEFAULT = new Limits(DataSize.ofKibibytes(64), 100, 10_000);

        public Limits {
            if (event.bytes() < 1 || depth < 3 || batch < 1) {
                throw new IllegalArgumentException(
                        "limits are an event of 1 byte, a depth of 3 and a batch of 1 event, or more");
            }
        }
    }

    /// One event in the JSON format (`application/cloudevents+json`).
    public Decoded structured(Bytes body, Instant latest) {
        return answer(() -> new EventScanner(kept, limits, latest).one(body));
    }

    /// An array of events in the JSON format (`application/cloudevents-batch+json`); it may be empty.
    public Decoded batch(Bytes body, Instant latest) {
        return answer(() -> new EventScanner(kept, limits, latest).many(body));
    }

    /// One event in headers and a body. A JSON payload stays as it is; text in UTF-8 becomes a string; everything
    /// else, base64. An empty body is no payload. Without a `Content-Type`, a body that is JSON counts as such.
    public Decoded binary(BinaryMessage message, Instant latest) {
        return answer(() -> binary.submission(message, latest));
    }

    /// A report of a dead event in the JSON format. The event is not validated, but must be a JSON object that
    /// names nothing twice.
    public Reported reported(Bytes json) {
        return report(() -> new ReportReader(strict).read(json));
    }

    /// A report of a dead event in binary mode, not validated either.
    public Reported reported(BinaryMessage message) {
        return report(() -> new ReportReader(strict).read(binary.unjudged(message)));
    }

    /// A text message from a consumer over WebSocket.
    public ClientMessage message(Bytes text) {
        return MessageReader.read(this, text);
    }

    private static Decoded answer(Supplier<Submission> reading) {
        try {
            return new Decoded.Parsed(reading.get());
        } catch (Stopped stopped) {
            return new Decoded.Refused(stopped.refusal());
        }
    }

    private static Reported report(Supplier<Reported> reading) {
        try {
            return reading.get();
        } catch (Stopped stopped) {
            return new Reported.Refused(stopped.refusal());
        }
    }

    static void requireFit(int size, Limits limits, int index, @Nullable String id) {
        if (size > limits.event().bytes()) {
            throw Stopped.tooLarge(new Flaw(
                    index,
                    id,
                    "",
                    "event " + index + " is " + size + " bytes of JSON, at most "
                            + limits.event().bytes()
                            + " are allowed; put a large payload elsewhere and send a reference to it"));
        }
    }
}
