package dev.tidings.server.polling;

import dev.tidings.broker.consuming.Opening;
import dev.tidings.broker.consuming.Opening.Patience;
import dev.tidings.broker.consuming.Opening.Start;
import dev.tidings.broker.dead.ErrorsOf;
import dev.tidings.model.ClientName;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;
import dev.tidings.model.Lane;
import dev.tidings.server.http.Query;
import dev.tidings.server.http.Query.Range;
import dev.tidings.wire.ReleaseDelay;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The parameters with which an instance is opened, the same over WebSocket and for polling.
public final class OpeningQuery {
    private static final Range INFLIGHT = new Range(1, 1_000_000);
    private static final Range DELIVERIES = new Range(1, 1_000_000);
    /// In events per second.
    private static final Range RATE = new Range(1, Opening.MOST_RATE);
    /// In seconds: up to twelve hours.
    private static final Range ACK_TIMEOUT = new Range(1, 43_200);

    private static final Pattern PROCESS = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final ClientName ANY = new ClientName("any");
    private static final String TYPES = "a comma-separated list of event types";

    private OpeningQuery() {}

    /// What is asked for. What is wrong with it, the query tells afterwards.
    public static Opening read(Query query) {
        return new Opening(
                group(query),
                lanes(query),
                number(query, "inflight", INFLIGHT),
                types(query),
                number(query, "maxDeliveries", DELIVERIES),
                start(query),
                patience(query),
                number(query, "maxRate", RATE),
                query.text("filter"),
                errorsOf(query));
    }

    private static Patience patience(Query query) {
        String process = query.text("process");
        if (process != null && !PROCESS.matcher(process).matches()) {
            query.complain("process", "1 to 100 letters, digits, '.', '_' and '-', beginning with a letter or digit");
        }
        Integer ackTimeout = number(query, "ackTimeout", ACK_TIMEOUT);
        return new Patience(process, ackTimeout == null ? null : Duration.ofSeconds(ackTimeout), backOff(query));
    }

    private static @Nullable Duration backOff(Query query) {
        String text = query.text("backOff");
        Duration backOff = text == null
                ? null
                : ReleaseDelay.parse(text)
                        .filter(delay -> !delay.isZero() && delay.compareTo(Patience.LONGEST_BACK_OFF) <= 0)
                        .orElse(null);
        if (text != null && backOff == null) {
            query.complain("backOff", "a duration such as 500ms, 5s or 1m, above 0s and at most 1h");
        }
        return backOff;
    }

    private static String group(Query query) {
        String group = query.text("group");
        if (group == null) {
            return GroupName.DEFAULT;
        }
        if (GroupName.parse(ANY, group).isEmpty()) {
            query.complain("group", "~default, or 1 to 100 letters, digits, '.', '_' and '-'");
        }
        return group;
    }

    private static @Nullable Set<String> errorsOf(Query query) {
        String list = query.text("errorsOf");
        if (list == null) {
            return null;
        }
        Set<String> groups = new LinkedHashSet<>();
        for (String name : list.split(",", -1)) {
            if (!ErrorsOf.isName(name.strip())) {
                query.complain("errorsOf", "'*', or a comma-separated list of names of groups");
                return null;
            }
            groups.add(name.strip());
        }
        return groups;
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

    private static @Nullable Integer number(Query query, String name, Range range) {
        return query.text(name) == null ? null : (int) query.number(name, range.least(), range);
    }

    /// The types that are asked for; null where none are named.
    public static @Nullable Set<EventType> types(Query query) {
        String list = query.text("types");
        if (list == null) {
            return null;
        }
        Set<EventType> types = new LinkedHashSet<>();
        for (String name : list.split(",", -1)) {
            var type = EventType.parse(name.strip());
            if (type.isEmpty()) {
                query.complain("types", TYPES);
                return null;
            }
            types.add(type.get());
        }
        return types;
    }

    private static Start start(Query query) {
        String from = query.text("from");
        return switch (from) {
            case null -> new Start.Earliest();
            case "earliest" -> new Start.Earliest();
            case "latest" -> new Start.Latest();
            default -> at(query, from);
        };
    }

    private static Start at(Query query, String from) {
        try {
            return new Start.At(OffsetDateTime.parse(from).toInstant());
        } catch (DateTimeException _) {
            query.complain("from", "earliest, latest or an RFC 3339 time such as 2026-01-31T12:00:00Z");
            return new Start.Earliest();
        }
    }
}
