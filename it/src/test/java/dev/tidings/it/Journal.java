package dev.tidings.it;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What many producers and consumers did at the same time, and what was wrong with it. The events of a key are numbered
/// from 0 on in their `number`.
final class Journal {
    private final Map<String, ObjectNode> sent = new HashMap<>();
    private final Set<String> acknowledged = new HashSet<>();
    private final Set<String> delivered = new HashSet<>();
    private final Map<String, Integer> nextOfKey = new HashMap<>();
    private final Set<String> touched = new HashSet<>();
    private final Map<String, Long> settled = new HashMap<>();
    private final List<String> wrongs = new ArrayList<>();
    private long time;

    /// A moment later than all before it.
    synchronized long now() {
        return time++;
    }

    /// The event is about to be sent, maybe again.
    synchronized void sending(ObjectNode event) {
        sent.put(id(event), event);
    }

    synchronized void acknowledged(Collection<ObjectNode> events) {
        events.forEach(event -> acknowledged.add(id(event)));
        notifyAll();
    }

    /// Waits until so many events have been acknowledged.
    synchronized void awaitAcknowledged(int count) throws InterruptedException {
        long end = System.nanoTime() + Deadline.GENEROUS.toNanos();
        while (acknowledged.size() < count) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("only " + acknowledged.size() + " were acknowledged");
            }
            wait(left);
        }
    }

    /// A consumer got an event.
    ///
    /// @param asked when it opened the instance, or sent the poll
    synchronized void delivered(JsonNode event, long asked) {
        String id = id(event);
        ObjectNode original = sent.get(id);
        if (original == null || !same(original, event)) {
            wrongs.add("invented: " + event);
            return;
        }
        Long settledAt = settled.get(id);
        if (settledAt != null && settledAt < asked) {
            wrongs.add("delivered although it had been settled: " + event);
        }
        if (delivered.add(id) && event.has("partitionkey")) {
            first(event);
        }
    }

    /// Somebody is about to settle these, with whatever success.
    synchronized void settling(Collection<String> ids) {
        touched.addAll(ids);
    }

    /// These were settled, and the broker has said so.
    synchronized void settled(Collection<String> ids) {
        long at = now();
        ids.forEach(id -> settled.putIfAbsent(id, at));
    }

    /// All consumers are gone. Events that were acknowledged and that nobody has settled: they must come again.
    synchronized Set<String> owed() {
        Set<String> owed = new HashSet<>(acknowledged);
        owed.removeAll(touched);
        return owed;
    }

    /// What must not have happened.
    synchronized List<String> wrongs() {
        return List.copyOf(wrongs);
    }

    @Override
    public synchronized String toString() {
        return "%d sent, %d acknowledged, %d delivered, %d owed, %d settled"
                .formatted(sent.size(), acknowledged.size(), delivered.size(), owed().size(), settled.size());
    }

    private void first(JsonNode event) {
        String key = event.path("partitionkey").asString();
        int number = event.path("number").asInt();
        int expected = nextOfKey.getOrDefault(key, 0);
        if (number != expected) {
            wrongs.add("out of order, number " + expected + " should have come first: " + event);
        }
        nextOfKey.put(key, number + 1);
    }

    private static boolean same(ObjectNode original, JsonNode event) {
        ObjectNode bare = ((ObjectNode) event).deepCopy();
        bare.remove(List.of("offset", "time"));
        return bare.equals(original);
    }

    private static String id(JsonNode event) {
        return event.path("id").asString();
    }
}
