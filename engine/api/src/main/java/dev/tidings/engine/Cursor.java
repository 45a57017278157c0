package dev.tidings.engine;

import java.util.Map;

/// How far a group has come in a partition: everything below [#floor] is settled (confirmed, dead, or not for
/// this group), and so are the positions in [#settled], which all lie above the floor. [#attempts] counts, for
/// unsettled positions only, the deliveries that ended unconfirmed.
public record Cursor(long floor, Ranges settled, Map<Long, Integer> attempts) {
    public Cursor {
        attempts = Map.copyOf(attempts);
    }

    public static Cursor at(long floor) {
        return new Cursor(floor, Ranges.NONE, Map.of());
    }

    /// The position behind the last one that it says anything of.
    public long reach() {
        return settled.isEmpty() ? floor : settled.to(settled.size() - 1);
    }

    public boolean isSettled(long position) {
        return position < floor || settled.contains(position);
    }
}
