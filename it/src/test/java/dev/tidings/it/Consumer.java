package dev.tidings.it;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A consumer instance, whichever way it is fed.
interface Consumer extends AutoCloseable {
    /// The next event; waits for it.
    default JsonNode event() {
        return events(1).getFirst();
    }

    /// So many of the next events; waits for them.
    List<JsonNode> events(int count);

    /// Confirms up to that offset.
    void confirm(long offset);

    /// Gives one event back.
    ///
    /// @param delay as it is written; null: none is said
    void release(long offset, @Nullable String delay);

    /// Reports an event as dead.
    void dead(JsonNode event);

    /// Ends it in good order; what it confirmed counts from then on, and what it did not is the group's again.
    @Override
    void close();
}
