package dev.tidings.broker.groups;

import dev.tidings.broker.catalog.ClientEntry.Grant;
import dev.tidings.engine.Batch.StateChange;
import dev.tidings.engine.Partition;
import dev.tidings.engine.StateTables;
import dev.tidings.model.Bytes;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a group's cursor in one partition speaks for. Without it, a cursor could not tell an event that was settled
/// from one whose type the group was not granted when it passed by, or one that waits from one that waits for a while.
///
/// Kept as a row of the store's state, written together with the cursor: key `client/group/number/stream`, a line a
/// type (`type`, `history` or `-`, when granted in milliseconds, name), a line a stretch (`gap`, where to read on,
/// limit, types) and a line an event that was given back (`due`, position, milliseconds since the epoch). Part of the
/// storage format; other lines are passed over.
///
/// @param grants by which it was read
/// @param gaps   what is still to be read for some of them
/// @param dues   until when events that were given back have to wait, by position, milliseconds since the epoch
record Coverage(Selection grants, List<Stretch> gaps, Map<Long, Long> dues) {
    private static final String TABLE = "group-coverage";
    private static final String HISTORY = "history";
    /// What is beyond that is due at once after a restart.
    private static final int MOST_DUES = 10_000;

    /// Positions from `at` (inclusive) to `limit` (exclusive) in which events of these types have yet to be read.
    record Stretch(Set<EventType> types, long at, long limit) {}

    /// Null where none is stored.
    static @Nullable Coverage find(StateTables states, GroupName group, Partition partition) {
        return states.get(TABLE, key(group, partition)).map(Coverage::read).orElse(null);
    }

    StateChange.Put put(GroupName group, Partition partition) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(grants.types())
                .forEach((type, grant) -> line(
                        text,
                        "type",
                        grant.history() ? HISTORY : "-",
                        grant.since().toEpochMilli(),
                        type));
        for (Stretch gap : gaps) {
            line(text, "gap", gap.at(), gap.limit(), names(gap.types()));
        }
        dues.entrySet().stream().limit(MOST_DUES).forEach(due -> line(text, "due", due.getKey(), due.getValue()));
        return new StateChange.Put(TABLE, key(group, partition), Bytes.utf8(text.toString()));
    }

    /// Removes the rows of a group, of all partitions.
    static List<StateChange> removal(StateTables states, GroupName group) {
        List<StateChange> rows = new ArrayList<>();
        String from = group + "/";
        for (String key : states.rows(TABLE).tailMap(from).keySet()) {
            if (!key.startsWith(from)) {
                break;
            }
            rows.add(new StateChange.Remove(TABLE, key));
        }
        return rows;
    }

    /// Whether this is what is stored.
    static boolean isStored(StateTables states, StateChange.Put row) {
        return states.get(TABLE, row.key()).filter(row.value()::equals).isPresent();
    }

    private static String key(GroupName group, Partition partition) {
        return group + "/" + partition.number() + "/" + partition.stream();
    }

    private static void line(StringBuilder text, Object... fields) {
        for (Object field : fields) {
            text.append(field).append(' ');
        }
        text.setCharAt(text.length() - 1, '\n');
    }

    private static String names(Set<EventType> types) {
        return String.join(",", types.stream().map(EventType::value).sorted().toList());
    }

    private static Coverage read(Bytes value) {
        Map<EventType, Grant> grants = new HashMap<>();
        List<Stretch> gaps = new ArrayList<>();
        Map<Long, Long> dues = new HashMap<>();
        value.toUtf8().lines().forEach(line -> {
            String[] fields = line.split(" ", -1);
            switch (fields[0]) {
                case "type" -> grants.put(new EventType(fields[3]), grant(fields[1], fields[2]));
                case "gap" ->
                    gaps.add(new Stretch(types(fields[3]), Long.parseLong(fields[1]), Long.parseLong(fields[2])));
                case "due" -> dues.put(Long.parseLong(fields[1]), Long.parseLong(fields[2]));
                default -> {}
            }
        });
        return new Coverage(new Selection(grants), gaps, dues);
    }

    private static Grant grant(String history, String since) {
        return new Grant(history.equals(HISTORY), Instant.ofEpochMilli(Long.parseLong(since)));
    }

    private static Set<EventType> types(String names) {
        Set<EventType> types = new TreeSet<>();
        for (String name : names.split(",", -1)) {
            types.add(new EventType(name));
        }
        return types;
    }
}
