package dev.tidings.callback;

import dev.tidings.callback.sink.Outcome;
import dev.tidings.callback.sink.SinkChannel;
import dev.tidings.callback.sink.SinkRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Leads to a sink whose address leads nowhere: an earlier version may have taken it.
record NoLine(String why) implements SinkChannel {
    @Override
    public CompletionStage<Outcome> send(SinkRequest request) {
        return CompletableFuture.completedStage(
                new Outcome.Failed(Outcome.Failure.FORBIDDEN, "has no address that can be called: " + why));
    }

    @Override
    public void close() {}
}
