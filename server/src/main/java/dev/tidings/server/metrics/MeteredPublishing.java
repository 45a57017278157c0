package dev.tidings.server.metrics;

import dev.tidings.broker.publishing.Published;
import dev.tidings.broker.publishing.Publishing;
import dev.tidings.model.Caller;
import dev.tidings.model.Submission;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/// Measures how long publishing takes, until its durable answer.
public final class MeteredPublishing implements Publishing {
    private final Publishing publishing;
    private final Metrics metrics;
    private final LongSupplier nanoTime;

    public MeteredPublishing(Publishing publishing, Metrics metrics, LongSupplier nanoTime) {
        this.publishing = publishing;
        this.metrics = metrics;
        this.nanoTime = nanoTime;
    }

    @Override
    public CompletionStage<Published> publish(Caller caller, Submission submission) {
        long start = nanoTime.getAsLong();
        return publishing.publish(caller, submission).thenApply(published -> {
            if (published instanceof Published.Accepted) {
                metrics.published(nanoTime.getAsLong() - start);
            }
            return published;
        });
    }

    @Override
    public CompletionStage<Published> publishTest(Caller caller, Submission submission) {
        return publishing.publishTest(caller, submission);
    }
}
