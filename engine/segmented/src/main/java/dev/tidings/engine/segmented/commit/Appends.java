package dev.tidings.engine.segmented.commit;

import dev.tidings.engine.Appended;
import dev.tidings.engine.Batch;
import dev.tidings.engine.segmented.reading.SegmentLookup;
import dev.tidings.engine.segmented.state.Memory;
import dev.tidings.engine.segmented.state.Streams;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Where batches come in, from any thread.
public final class Appends {
    private final Streams streams;
    private final long seed;
    private final Intake intake;
    private final Health health;
    private final CommitLimits limits;
    private final Committer committer;

    /// @param seed of the hashes of source and id
    public Appends(Committer.Start start, SegmentLookup lookup, Committer.Surroundings around, long seed) {
        Memory memory = start.memory();
        this.streams = memory.streams();
        this.seed = seed;
        this.health = around.health();
        this.limits = around.limits();
        this.intake = new Intake(limits.queueBytes(), limits.groupBytes(), limits.groupRequests());
        Judge judge = new Judge(memory, new Duplicates(memory, lookup, health));
        this.committer = new Committer(start, intake, judge, around);
    }

    public Committer committer() {
        return committer;
    }

    public CompletionStage<Appended> append(Batch batch) {
        if (health.failed()) {
            return refused(String.valueOf(health.refusal()));
        }
        Request request = Request.of(batch, streams, seed);
        if (request.bytes() > limits.batchBytes()) {
            return CompletableFuture.failedFuture(new IllegalArgumentException(
                    "a batch takes at most %d bytes, this one %d".formatted(limits.batchBytes(), request.bytes())));
        }
        return offer(request);
    }

    /// Makes streams (by number) begin later.
    public CompletionStage<Appended> moveFirsts(Map<Integer, First> firsts) {
        return offer(Request.ofFirsts(firsts));
    }

    private CompletionStage<Appended> offer(Request request) {
        return switch (intake.offer(request)) {
            case TAKEN -> request.answer();
            case FULL -> refused("the store is busy: too much waits to be written");
            case CLOSED -> refused("the store is closed");
        };
    }

    private CompletionStage<Appended> refused(String why) {
        return CompletableFuture.failedFuture(health.refused(why));
    }

    /// What was taken is still written; nothing more is taken.
    public void close() {
        intake.close();
    }
}
