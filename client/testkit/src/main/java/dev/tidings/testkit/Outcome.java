package dev.tidings.testkit;

import dev.tidings.testkit.Flow.Entry;
import java.util.List;

/// What happened instead, for those who read why a test failed.
final class Outcome {
    private static final int MOST = 50;

    private Outcome() {}

    static String of(Flow flow) {
        List<Entry> entries = flow.entries();
        if (entries.isEmpty()) {
            return "nothing has happened";
        }
        StringBuilder text = new StringBuilder("what happened:");
        int first = Math.max(0, entries.size() - MOST);
        if (first > 0) {
            text.append("\n  (").append(first).append(" before)");
        }
        entries.subList(first, entries.size())
                .forEach(entry -> text.append("\n  ").append(entry));
        return text.toString();
    }
}
