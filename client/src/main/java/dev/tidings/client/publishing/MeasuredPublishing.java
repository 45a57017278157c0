package dev.tidings.client.publishing;

import dev.tidings.client.Metrics;
import dev.tidings.client.Metrics.Answer;
import dev.tidings.model.Bytes;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Tells what the broker answers, and when.
public record MeasuredPublishing(Publishing broker, Metrics.Sending metrics) implements Publishing {
    @Override
    public CompletableFuture<Outcome> publish(Bytes batch) {
        long begun = System.nanoTime();
        return broker.publish(batch).whenComplete((outcome, bug) -> told(outcome, begun));
    }

    private void told(@Nullable Outcome outcome, long begun) {
        Answer answer = Answer.UNAVAILABLE;
        if (outcome instanceof Outcome.Accepted accepted) {
            answer = Answer.ACCEPTED;
            metrics.accepted(accepted.receipt().accepted(), accepted.receipt().duplicates());
        } else if (outcome instanceof Outcome.Refused) {
            answer = Answer.REFUSED;
        }
        metrics.answered(answer, Duration.ofNanos(System.nanoTime() - begun));
    }
}
