package dev.tidings.server.consuming;

import dev.tidings.broker.consuming.Opening;
import dev.tidings.broker.consuming.Opening.Start;
import dev.tidings.model.ClientName;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;
import dev.tidings.model.Lane;
import dev.tidings.model.Refusal;
import dev.tidings.server.http.Query;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads what a new instance is to be from the parameters of an address.
public sealed interface OpeningParameters {
    record Valid(Opening opening) implements OpeningParameters {}

    record Refused(Refusal refusal) implements OpeningParameters {}

    /// @param client the caller, to whom the group belongs
    static OpeningParameters read(Query query, ClientName client) {
        Opening opening = new Opening(
                group(query, client),
                lanes(query),
                count(query, "inflight"),
                types(query),
                count(query, "maxDeliveries"),
                start(query));
        Refusal refusal = query.refusal();
        return refusal == null ? new Valid(opening) : new Refused(refusal);
    }

    private static String group(Query query, ClientName client) {
        String name = query.text("group");
        if (name != null && GroupName.parse(client, name).isEmpty()) {
            query.complain("group", "~default, or 1 to 100 letters, digits, '.', '_' and '-'");
        }
        return name == null ? GroupName.DEFAULT : name;
    }

    private static Set<Lane> lanes(Query query) {
        EnumSet<Lane> lanes = EnumSet.noneOf(Lane.class);
        if (query.flag("events", true)) {
            lanes.add(Lane.EVENTS);
        }
        if (query.flag("test", true)) {
            lanes.add(Lane.TEST);
        }
        if (query.flag("dead", false)) {
            lanes.add(Lane.DEAD);
        }
        return lanes;
    }

    private static @Nullable Integer count(Query query, String name) {
        long count = query.number(name, 0, new Query.Range(1, 1_000_000));
        return count == 0 ? null : (int) count;
    }

    private static @Nullable Set<EventType> types(Query query) {
        String list = query.text("types");
        if (list == null) {
            return null;
        }
        Set<EventType> types = new HashSet<>();
        for (String name : list.split(",", -1)) {
            Optional<EventType> type = EventType.parse(name.strip());
            if (type.isEmpty()) {
                query.complain("types", "event types, separated by commas");
                return null;
            }
            types.add(type.get());
        }
        return types;
    }

    private static Start start(Query query) {
        String from = query.text("from");
        if (from == null || from.equals("earliest")) {
            return new Start.Earliest();
        }
        if (from.equals("latest")) {
            return new Start.Latest();
        }
        try {
            return new Start.At(OffsetDateTime.parse(from).toInstant());
        } catch (DateTimeException e) {
            query.complain("from", "earliest, latest or an RFC 3339 time, with its ':' and '+' percent-encoded");
            return new Start.Earliest();
        }
    }
}
