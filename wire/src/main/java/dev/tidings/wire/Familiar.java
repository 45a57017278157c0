package dev.tidings.wire;

import dev.tidings.model.EventType;
import dev.tidings.wire.json.Recurring;

/// What events share with those before them: few types and sources, found to be sound once.
record Familiar(Recurring<EventType> types, Recurring<String> sources) {
    Familiar() {
        this(new Recurring<>(), new Recurring<>());
    }
}
