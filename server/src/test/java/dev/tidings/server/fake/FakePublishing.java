package dev.tidings.server.fake;

import dev.tidings.broker.publishing.Published;
import dev.tidings.broker.publishing.Publishing;
import dev.tidings.model.Caller;
import dev.tidings.model.Event;
import dev.tidings.model.Submission;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/// Takes everything, or answers what a test told it to.
public final class FakePublishing implements Publishing {
    public final List<Event> published = new CopyOnWriteArrayList<>();
    public final List<Event> tests = new CopyOnWriteArrayList<>();
    public volatile Function<Submission, CompletionStage<Published>> next = FakePublishing::accept;
    public volatile String caller = "";

    @Override
    public CompletionStage<Published> publish(Caller by, Submission submission) {
        caller = by.client().value();
        published.addAll(submission.events());
        return next.apply(submission);
    }

    @Override
    public CompletionStage<Published> publishTest(Caller by, Submission submission) {
        caller = by.client().value();
        tests.addAll(submission.events());
        return next.apply(submission);
    }

    public static CompletionStage<Published> accept(Submission submission) {
        return CompletableFuture.completedStage(
                new Published.Accepted(submission.events().size(), 0));
    }
}
