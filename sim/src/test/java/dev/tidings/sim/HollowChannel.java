package dev.tidings.sim;

import dev.tidings.callback.sink.Answer;
import dev.tidings.callback.sink.Outcome;
import dev.tidings.callback.sink.SinkChannel;
import dev.tidings.callback.sink.SinkRequest;
import dev.tidings.callback.sink.SinkRequest.Method;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A way to a sink that says of some requests that the sink has taken what is in them, and keeps it to itself.
record HollowChannel(SinkChannel channel) implements SinkChannel {
    @Override
    public CompletionStage<Outcome> send(SinkRequest request) {
        boolean swallowed = request.method() == Method.POST && request.body().length() % 7 == 1;
        return swallowed
                ? CompletableFuture.completedStage(new Outcome.Answered(Answer.of(204, "")))
                : channel.send(request);
    }

    @Override
    public void close() {
        channel.close();
    }
}
