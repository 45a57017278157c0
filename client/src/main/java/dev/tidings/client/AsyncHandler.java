package dev.tidings.client;

import io.cloudevents.CloudEvent;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/// Handles events beyond its return: what it is called for is confirmed when the stage completes. So an event
/// leaves its queue only when the next step has taken it over, whichever thread that is known by:
///
/// ```java
/// bus.listen(Listening.to("forward", "Shop.Web.Order.Placed"),
///         AsyncHandler.of(order -> other.publish(List.of(order))));
/// ```
///
/// A stage that completes exceptionally is a handler that throws, [RetryLaterException] included. Until it
/// completes, events of the same key wait; the number of others that are begun is bounded by [Listening#inflight],
/// not by [Listening#concurrency]. A stage that never completes keeps its event until the listener is closed: then
/// it comes again.
public final class AsyncHandler implements EventHandler {
    private final Beginning beginning;

    /// Begins to handle an event.
    @FunctionalInterface
    public interface Beginning {
        /// Called as [Handler#handle] is; what the stage completes with does not matter.
        CompletionStage<?> begin(CloudEvent event) throws Exception;
    }

    private AsyncHandler(Beginning beginning) {
        this.beginning = beginning;
    }

    /// A handler that has handled an event when that stage completes.
    public static AsyncHandler of(Beginning beginning) {
        return new AsyncHandler(beginning);
    }

    /// Begins to handle the event.
    public CompletionStage<?> begin(CloudEvent event) throws Exception {
        return beginning.begin(event);
    }

    /// Handles the event, and waits for that.
    @Override
    public void handle(CloudEvent event) throws Exception {
        try {
            begin(event).toCompletableFuture().get();
        } catch (ExecutionException failure) {
            throw cause(failure);
        }
    }

    private static Exception cause(ExecutionException failure) {
        Throwable cause = failure.getCause();
        if (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof Exception exception ? exception : failure;
    }
}
