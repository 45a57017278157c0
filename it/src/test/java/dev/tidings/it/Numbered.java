package dev.tidings.it;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Events whose data is a number, 0, 1, 2, …, and whose keys take turns: which numbers each key has, in which order.
final class Numbered {
    private Numbered() {}

    static String key(int number, int keys) {
        return "k" + number % keys;
    }

    static Map<String, List<Integer>> byKey(List<JsonNode> events) {
        Map<String, List<Integer>> byKey = new HashMap<>();
        for (JsonNode event : events) {
            byKey.computeIfAbsent(event.path("partitionkey").asString(), _ -> new ArrayList<>())
                    .add(event.path("data").asInt());
        }
        return byKey;
    }

    /// What [#byKey] says of so many, where none is missing, repeated or out of order.
    static Map<String, List<Integer>> inOrder(int events, int keys) {
        Map<String, List<Integer>> byKey = new HashMap<>();
        for (int i = 0; i < events; i++) {
            byKey.computeIfAbsent(key(i, keys), _ -> new ArrayList<>()).add(i);
        }
        return byKey;
    }
}
