package dev.tidings.client.streams;

import dev.tidings.client.RefusedException;
import java.util.List;

/// Behind the position that was to be read from, retention has removed events: how many of them would have been the
/// reader's own nobody can tell any more. Whoever can do without them goes on at [#earliest].
public final class PositionGoneException extends RefusedException {
    private static final long serialVersionUID = 1L;

    private final String earliest;

    /// @param earliest the position of the oldest event that is still there
    public PositionGoneException(String detail, String earliest) {
        super(410, "position-gone", detail, List.of());
        this.earliest = earliest;
    }

    /// The position of the oldest event that is still there; [Reading#after] it is where to go on.
    public String earliest() {
        return earliest;
    }
}
