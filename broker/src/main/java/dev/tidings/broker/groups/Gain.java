package dev.tidings.broker.groups;

import dev.tidings.broker.catalog.ClientEntry.Grant;
import dev.tidings.model.EventType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Types that a group may read now and could not before, in a stream that it has read in the meantime.
///
/// @param from when the first event was accepted that it may see; null: all that are kept
/// @param to   when the first event was accepted that it could see before already; null: it saw none
record Gain(
        Selection types, @Nullable Instant from, @Nullable Instant to) {
    static List<Gain> between(Selection before, Selection now) {
        List<Gain> gains = new ArrayList<>();
        Map<EventType, Grant> fromGrant = new HashMap<>();
        Map<EventType, Grant> fromBeginning = new HashMap<>();
        now.types().forEach((type, grant) -> {
            Grant earlier = before.types().get(type);
            if (earlier == null) {
                (grant.history() ? fromBeginning : fromGrant).put(type, grant);
            } else if (grant.history() && !earlier.history()) {
                gains.add(new Gain(new Selection(Map.of(type, grant)), null, earlier.since()));
            }
        });
        if (!fromBeginning.isEmpty()) {
            gains.add(new Gain(new Selection(fromBeginning), null, null));
        }
        if (!fromGrant.isEmpty()) {
            Selection types = new Selection(fromGrant);
            gains.add(new Gain(types, types.earliestGrant(), null));
        }
        return gains;
    }
}
