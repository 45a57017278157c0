package dev.tidings.outbox;

import dev.tidings.client.Receipt;
import dev.tidings.client.RefusedException;
import dev.tidings.client.UnavailableException;
import dev.tidings.model.Flaw;
import io.cloudevents.CloudEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/// A broker that keeps its word: takes a request whole or not at all, and each source and id once. Takes what the
/// test says instead, where it says something.
final class MemoryBroker implements Publishing {
    final List<List<String>> requests = new CopyOnWriteArrayList<>();
    final Set<String> refused = new HashSet<>();
    private final List<CloudEvent> accepted = new ArrayList<>();
    private final Set<String> known = new HashSet<>();
    private final Queue<Publishing> answers = new ConcurrentLinkedQueue<>();
    private int duplicates;

    /// The answer to the next request that has none.
    void next(Publishing answer) {
        answers.add(answer);
    }

    void nextRefused(int status, String code) {
        next(events -> CompletableFuture.failedFuture(new RefusedException(status, code, "so it is", List.of())));
    }

    void awaitRequests(int number) {
        while (requests.size() < number) {
            LockSupport.parkNanos(1_000_000); // spinning would keep a busy machine from getting there
        }
    }

    void nextAway() {
        next(events -> CompletableFuture.failedFuture(new UnavailableException("away")));
    }

    @Override
    public CompletableFuture<Receipt> publish(List<CloudEvent> events) {
        requests.add(events.stream().map(CloudEvent::getId).toList());
        Publishing answer = answers.poll();
        return answer == null ? arrive(events) : answer.publish(events);
    }

    /// A request has come.
    synchronized CompletableFuture<Receipt> arrive(List<CloudEvent> events) {
        List<Flaw> flaws = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            String id = events.get(i).getId();
            if (refused.contains(id)) {
                flaws.add(new Flaw(i, id, "/data", "I do not like " + id));
            }
        }
        if (!flaws.isEmpty()) {
            return CompletableFuture.failedFuture(
                    new RefusedException(422, "schema-violated", "nothing was stored", flaws));
        }
        int before = accepted.size();
        for (CloudEvent event : events) {
            if (known.add(event.getSource() + " " + event.getId())) {
                accepted.add(event);
            }
        }
        int isNew = accepted.size() - before;
        duplicates += events.size() - isNew;
        return CompletableFuture.completedFuture(new Receipt(events.size(), events.size() - isNew));
    }

    /// What was accepted, in order, each once.
    synchronized List<CloudEvent> accepted() {
        return List.copyOf(accepted);
    }

    synchronized List<String> ids() {
        return accepted.stream().map(CloudEvent::getId).toList();
    }

    synchronized int duplicates() {
        return duplicates;
    }
}
