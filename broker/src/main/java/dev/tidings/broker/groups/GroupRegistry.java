package dev.tidings.broker.groups;

import dev.tidings.broker.catalog.ClientEntry.ConsumerRole;
import dev.tidings.broker.dead.Recipients;
import dev.tidings.engine.Batch.StateChange;
import dev.tidings.engine.StateTables;
import dev.tidings.model.Bytes;
import dev.tidings.model.ClientName;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The groups that exist, as rows of the store's state: key `client/group`, value lines of `name=value`. Part of
/// the storage format; unknown names are passed over.
public final class GroupRegistry implements Recipients {
    private static final String TABLE = "groups";
    private static final char SEPARATOR = '/';
    private static final String SINCE = "since.";

    private final StateTables states;

    public GroupRegistry(StateTables states) {
        this.states = states;
    }

    public @Nullable GroupSettings find(GroupName group) {
        return states.get(TABLE, group.toString()).map(GroupRegistry::read).orElse(null);
    }

    @Override
    public boolean reads(GroupName group, ConsumerRole role, EventType type) {
        GroupSettings settings = find(group);
        return settings != null
                && settings.errorsOf() == null
                && Selection.of(role, group, settings).includes(type);
    }

    /// All groups of all clients.
    public Map<GroupName, GroupSettings> all() {
        Map<GroupName, GroupSettings> all = new TreeMap<>();
        states.rows(TABLE).forEach((key, value) -> all.put(name(key), read(value)));
        return all;
    }

    /// The groups of one client.
    public Set<GroupName> of(ClientName client) {
        Set<GroupName> names = new HashSet<>();
        String from = client.value() + SEPARATOR;
        for (String key : states.rows(TABLE).tailMap(from).keySet()) {
            if (!key.startsWith(from)) {
                break;
            }
            names.add(name(key));
        }
        return names;
    }

    public static StateChange put(GroupName group, GroupSettings settings) {
        StringBuilder text = new StringBuilder();
        Set<EventType> types = settings.types();
        if (types != null) {
            line(
                    text,
                    "types",
                    String.join(
                            ",", types.stream().map(EventType::value).sorted().toList()));
        }
        if (settings.maxDeliveries() > 0) {
            line(text, "maxDeliveries", Integer.toString(settings.maxDeliveries()));
        }
        Instant from = settings.from();
        if (from != null) {
            line(text, "from", from.toString());
        }
        line(text, "created", settings.created().toString());
        String filter = settings.filter();
        if (filter != null) {
            line(text, "filter", filter);
        }
        Set<String> errorsOf = settings.errorsOf();
        if (errorsOf != null) {
            line(text, "errorsOf", String.join(",", new TreeSet<>(errorsOf)));
        }
        new TreeMap<>(settings.since()).forEach((type, since) -> line(text, SINCE + type, since.toString()));
        return new StateChange.Put(TABLE, group.toString(), Bytes.utf8(text.toString()));
    }

    /// Removes a group, with what else is kept of it but for its cursors.
    public List<StateChange> removal(GroupName group) {
        List<StateChange> rows = new ArrayList<>(Coverage.removal(states, group));
        rows.add(new StateChange.Remove(TABLE, group.toString()));
        return rows;
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name).append('=').append(value).append('\n');
    }

    private static GroupSettings read(Bytes value) {
        Map<String, String> lines = new HashMap<>();
        value.toUtf8().lines().forEach(line -> {
            int at = line.indexOf('=');
            lines.put(line.substring(0, at), line.substring(at + 1));
        });
        String from = lines.get("from");
        return new GroupSettings(
                types(lines.get("types")),
                Integer.parseInt(lines.getOrDefault("maxDeliveries", "0")),
                from == null ? null : Instant.parse(from),
                Instant.parse(lines.getOrDefault("created", Instant.EPOCH.toString())),
                lines.get("filter"),
                names(lines.get("errorsOf")),
                since(lines));
    }

    private static Map<EventType, Instant> since(Map<String, String> lines) {
        Map<EventType, Instant> since = new HashMap<>();
        lines.forEach((name, value) -> {
            if (name.startsWith(SINCE)) {
                since.put(new EventType(name.substring(SINCE.length())), Instant.parse(value));
            }
        });
        return since;
    }

    private static @Nullable Set<String> names(@Nullable String text) {
        return text == null ? null : Set.of(text.split(",", -1));
    }

    private static @Nullable Set<EventType> types(@Nullable String text) {
        if (text == null) {
            return null;
        }
        Set<EventType> types = new HashSet<>();
        for (int from = 0, comma; from < text.length(); from = comma + 1) {
            comma = text.indexOf(',', from);
            comma = comma < 0 ? text.length() : comma;
            types.add(new EventType(text.substring(from, comma)));
        }
        return types;
    }

    private static GroupName name(String key) {
        int at = key.indexOf(SEPARATOR);
        return new GroupName(new ClientName(key.substring(0, at)), key.substring(at + 1));
    }
}
