package dev.tidings.model;

import java.util.List;

/// What a producer sent, once its bytes were parsed: its events in order, and what is wrong with their
/// attributes. Where there are flaws, [#events] holds only the events without any.
public record Submission(List<Event> events, List<Flaw> flaws) {
    public Submission {
        events = List.copyOf(events);
        flaws = List.copyOf(flaws);
    }
}
