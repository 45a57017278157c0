package dev.tidings.broker.dead;

import dev.tidings.broker.catalog.Catalogs;
import dev.tidings.broker.catalog.ClientEntry;
import dev.tidings.broker.catalog.ClientEntry.ConsumerRole;
import dev.tidings.broker.dead.DeadEnvelope.Original;
import dev.tidings.broker.dead.Resubmission.Content;
import dev.tidings.broker.dead.Resubmission.Target;
import dev.tidings.broker.lanes.LaneStreams;
import dev.tidings.broker.publishing.Admission;
import dev.tidings.engine.Batch;
import dev.tidings.model.Bytes;
import dev.tidings.model.ClientName;
import dev.tidings.model.DataSize;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Event;
import dev.tidings.model.GroupName;
import dev.tidings.model.Refusal;
import dev.tidings.model.StreamName;
import dev.tidings.model.Submission;
import dev.tidings.wire.CloudEvents;
import dev.tidings.wire.Decoded;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Makes of a dead event what is to be appended: judged again, for its stream or for one group alone. What came
/// from a test lane goes back to that lane, whatever the target: test events never reach anybody else.
final class Mending {
    /// Stored events passed their limits when they came; the rules judge their size again.
    private static final CloudEvents STORED =
            new CloudEvents(new CloudEvents.Limits(DataSize.ofMebibytes(64), 1_000, 1));

    private final Catalogs catalogs;
    private final Recipients recipients;
    private final Admission admission;

    /// What came of mending.
    sealed interface Mended {
        record Ready(Batch.Entry entry) implements Mended {}

        record Refused(Refusal refusal) implements Mended {}
    }

    Mending(Catalogs catalogs, Recipients recipients, Admission admission) {
        this.catalogs = catalogs;
        this.recipients = recipients;
        this.admission = admission;
    }

    CompletionStage<Mended> mend(DeadEnvelope envelope, Resubmission resubmission) {
        return switch (read(envelope, resubmission.content())) {
            case Decoded.Refused(Refusal refusal) -> refused(refusal);
            case Decoded.Parsed(Submission submission)
            when !submission.flaws().isEmpty() ->
                refused(Refusal.of(
                        ErrorCode.MALFORMED_EVENT,
                        "the event is malformed; edit it, and nothing happens to the dead one until then",
                        submission.flaws()));
            case Decoded.Parsed(Submission submission)
            when submission.events().size() != 1 ->
                refused(Refusal.of(
                        ErrorCode.MALFORMED_REQUEST,
                        "one event was expected, found " + submission.events().size()));
            case Decoded.Parsed(Submission submission) ->
                judge(envelope, submission.events().getFirst(), resubmission.target());
        };
    }

    private static Decoded read(DeadEnvelope envelope, Content content) {
        return switch (content) {
            case Content.Original() -> parse(envelope.original() == null ? envelope.delivered() : json(envelope));
            case Content.Reported() -> parse(envelope.delivered());
            case Content.Edited(Submission submission) -> new Decoded.Parsed(submission);
        };
    }

    private static Bytes json(DeadEnvelope envelope) {
        return Objects.requireNonNull(envelope.original()).json();
    }

    private static Decoded parse(Bytes json) {
        return STORED.structured(json, Instant.MAX);
    }

    private CompletionStage<Mended> judge(DeadEnvelope envelope, Event event, Target target) {
        GroupName group = envelope.report().group();
        ClientName client = group.client();
        ConsumerRole role = role(client);
        if (target == Target.GROUP && (role == null || !role.types().containsKey(event.type()))) {
            return refused(Refusal.of(
                    ErrorCode.NOT_ALLOWED,
                    "'%s' may not consume '%s': grant it the type, or resubmit to the stream"
                            .formatted(client, event.type())));
        }
        StreamName stream = stream(envelope, event, target);
        if (role != null
                && stream.equals(LaneStreams.resubmitted(group))
                && !recipients.reads(group, role, event.type())) {
            return refused(Refusal.of(
                    ErrorCode.NOT_FOUND,
                    ("nobody would get it: the group '%s' is gone, does not read '%s', or handles errors;"
                                    + " resubmit to the stream, or discard it")
                            .formatted(group, event.type())));
        }
        Batch.Entry entry = new Batch.Entry(stream, event, Duration.ZERO);
        return admission
                .judge(event)
                .thenApply(
                        refusal -> refusal.isPresent() ? new Mended.Refused(refusal.get()) : new Mended.Ready(entry));
    }

    private @Nullable ConsumerRole role(ClientName client) {
        ClientEntry entry = catalogs.current().client(client);
        return entry == null ? null : entry.consumes();
    }

    private static StreamName stream(DeadEnvelope envelope, Event event, Target target) {
        GroupName group = envelope.report().group();
        StreamName testLane = LaneStreams.test(group.client());
        Original original = envelope.original();
        if (original != null && original.partition().stream().equals(testLane)) {
            return testLane;
        }
        return target == Target.GROUP ? LaneStreams.resubmitted(group) : event.type().stream();
    }

    private static CompletionStage<Mended> refused(Refusal refusal) {
        return CompletableFuture.completedStage(new Mended.Refused(refusal));
    }
}
