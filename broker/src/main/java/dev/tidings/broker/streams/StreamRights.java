package dev.tidings.broker.streams;

import dev.tidings.broker.catalog.ClientEntry;
import dev.tidings.broker.catalog.ClientEntry.ConsumerRole;
import dev.tidings.broker.groups.Selection;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.EventType;
import dev.tidings.model.Refusal;
import dev.tidings.model.StreamName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a client may read, by the catalog of this moment: the streams of the types that it is granted, and in them
/// these types only.
///
/// @param client what the catalog says of it; null: nothing
record StreamRights(@Nullable ClientEntry client) {
    /// Whether a stream may be read.
    sealed interface Judged {
        record Granted(StreamName stream, Selection selection) implements Judged {}

        record Refused(Refusal refusal) implements Judged {}
    }

    /// Why it may read nothing at all; null where it may.
    @Nullable
    Refusal refusal() {
        return role() == null
                ? Refusal.of(
                        ErrorCode.NOT_ALLOWED, "the caller is no consumer; the catalog has to name it with 'consumes'")
                : null;
    }

    /// The types granted in each stream.
    SortedMap<StreamName, List<EventType>> streams() {
        SortedMap<StreamName, List<EventType>> streams = new TreeMap<>();
        ConsumerRole role = role();
        if (role != null) {
            for (EventType type : new TreeSet<>(role.types().keySet())) {
                streams.computeIfAbsent(type.stream(), _ -> new ArrayList<>()).add(type);
            }
        }
        return streams;
    }

    Judged judge(String name, @Nullable Set<EventType> types) {
        ConsumerRole role = role();
        Refusal refusal = refusal();
        if (role == null || refusal != null) {
            return new Judged.Refused(refusal == null ? notThere(name) : refusal);
        }
        StreamName stream = streams().keySet().stream()
                .filter(each -> each.value().equals(name))
                .findFirst()
                .orElse(null);
        if (stream == null) {
            return new Judged.Refused(notThere(name));
        }
        Refusal ofTypes = types == null ? null : ofTypes(stream, types, role);
        return ofTypes == null ? new Judged.Granted(stream, selection(stream, types)) : new Judged.Refused(ofTypes);
    }

    /// What is granted of these types of a stream; null: of all.
    Selection selection(StreamName stream, @Nullable Set<EventType> types) {
        ConsumerRole role = role();
        Map<EventType, ClientEntry.Grant> granted = new TreeMap<>(role == null ? Map.of() : role.types());
        granted.keySet().removeIf(type -> !type.stream().equals(stream));
        return Selection.of(granted, types);
    }

    private @Nullable ConsumerRole role() {
        return client == null ? null : client.consumes();
    }

    private static @Nullable Refusal ofTypes(StreamName stream, Set<EventType> types, ConsumerRole role) {
        TreeSet<EventType> elsewhere = new TreeSet<>(types);
        elsewhere.removeIf(type -> type.stream().equals(stream));
        if (types.isEmpty() || !elsewhere.isEmpty()) {
            return Refusal.of(
                    ErrorCode.INVALID_PARAMETER,
                    "types names types of the stream " + stream + ", or is left away for all; found "
                            + (types.isEmpty() ? "none" : listed(elsewhere)));
        }
        TreeSet<EventType> foreign = new TreeSet<>(types);
        foreign.removeAll(role.types().keySet());
        return foreign.isEmpty()
                ? null
                : Refusal.of(ErrorCode.NOT_ALLOWED, "the caller may not consume " + listed(foreign));
    }

    /// The same for a stream that does not exist and for one of others.
    private static Refusal notThere(String name) {
        return Refusal.of(
                ErrorCode.NOT_FOUND,
                "there is no stream '" + name + "' that the caller may read; GET /ce/streams tells which there are");
    }

    private static String listed(Set<EventType> types) {
        return String.join(", ", types.stream().map(EventType::value).toList());
    }
}
