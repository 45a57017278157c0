package dev.tidings.broker.catalog;

import dev.tidings.broker.catalog.ClientEntry.ConsumerRole;
import dev.tidings.model.ClientName;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// The types whose events go to one consumer each, and are removed then. A queue has one group, so one client: there is
/// no second one that would have to have an event before it may go.
public final class Queues {
    private Queues() {}

    /// The group of each queue that has one.
    public static Map<EventType, GroupName> groups(Catalog catalog) {
        Map<EventType, GroupName> groups = new HashMap<>();
        catalog.clients().forEach((name, client) -> {
            ConsumerRole role = client.consumes();
            if (role != null && owns(catalog, name)) {
                role.queues().forEach((type, group) -> groups.put(type, new GroupName(name, group)));
            }
        });
        return groups;
    }

    /// Tells of each queue that two clients consume.
    static void judge(
            SortedMap<EventType, TypeEntry> types,
            SortedMap<ClientName, ClientEntry> clients,
            @Nullable Yaml text,
            Problems problems) {
        Map<EventType, ClientName> first = new HashMap<>();
        clients.forEach((name, client) -> {
            ConsumerRole role = client.consumes();
            if (role != null && text instanceof Yaml.Mapping(var _, var members)) {
                role.among(types).queues().keySet().stream().sorted().forEach(type -> {
                    ClientName other = first.putIfAbsent(type, name);
                    Yaml place = members.get(name.value());
                    if (other != null && place != null) {
                        problems.add(
                                place.place(),
                                "'" + type + "' is a queue, which one client consumes, and '" + other
                                        + "' does; let one of them go without it, or make it no queue");
                    }
                });
            }
        });
    }

    /// To an insecure server everybody is the guest.
    private static boolean owns(Catalog catalog, ClientName client) {
        return client.equals(Guest.NAME) || !catalog.clients().containsKey(Guest.NAME);
    }
}
