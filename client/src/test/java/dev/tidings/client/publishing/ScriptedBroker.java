package dev.tidings.client.publishing;

import dev.tidings.model.Bytes;
import dev.tidings.model.Flaw;
import dev.tidings.wire.Problem;
import dev.tidings.wire.Receipt;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/// A broker that keeps what it is sent, and answers what the test says; where it says nothing, with a receipt.
final class ScriptedBroker implements Publishing {
    final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    private final BlockingQueue<CompletableFuture<Outcome>> answers = new LinkedBlockingQueue<>();

    @Override
    public CompletableFuture<Outcome> publish(Bytes batch) {
        CompletableFuture<Outcome> answer = answers.poll();
        requests.add(batch.toUtf8());
        return answer == null ? CompletableFuture.completedFuture(accepted()) : answer;
    }

    /// The answer to the next request that has none.
    CompletableFuture<Outcome> next() {
        CompletableFuture<Outcome> answer = new CompletableFuture<>();
        answers.add(answer);
        return answer;
    }

    static Outcome accepted() {
        return new Outcome.Accepted(new Receipt(1, 0));
    }

    static Outcome away(Duration retryAfter) {
        return new Outcome.Unavailable("away", retryAfter);
    }

    static Outcome refused(Flaw... flaws) {
        return new Outcome.Refused(
                new Problem(Problem.TYPES + "schema-violated", "invalid", 422, "the data is invalid", List.of(flaws)));
    }

    static Flaw flaw(int index) {
        return new Flaw(index, null, "/data", "expected a number");
    }
}
