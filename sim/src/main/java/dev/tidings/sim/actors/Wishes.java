package dev.tidings.sim.actors;

import dev.tidings.model.ClientName;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/// The catalog as the administrator wants it, and its text.
final class Wishes {
    private static final List<String> RETENTION = List.of(
            "{ age: 5d }",
            "{ age: 1h }",
            "{ count: 12 }",
            "{ age: 1h, until-consumed: true }",
            "{ count: 30, age: 2h }");

    /// How fast a type may be delivered.
    private static final List<String> LIMITS = List.of(
            "",
            "",
            ", delivery-concurrency: 1",
            ", delivery-concurrency: 7",
            ", delivery-rate: 700, delivery-concurrency: 20");

    private final Plan plan;
    private final TreeMap<String, String> types = new TreeMap<>();
    private final TreeMap<String, TreeSet<String>> produces = new TreeMap<>();
    private final TreeMap<String, TreeMap<String, Boolean>> consumes = new TreeMap<>();
    private final SplittableRandom random;
    private int version;

    /// At first everybody may do everything.
    Wishes(Plan plan, SplittableRandom random) {
        this.plan = plan;
        this.random = random;
        for (EventType type : Plan.TYPES) {
            types.put(type.value(), retention());
        }
        for (ClientName producer : plan.producers()) {
            produces.put(producer.value(), new TreeSet<>(types.keySet()));
        }
        for (ClientName consumer : plan.consumers()) {
            TreeMap<String, Boolean> granted = new TreeMap<>();
            consumes.put(consumer.value(), granted);
            types.keySet().stream()
                    .filter(type -> mayConsume(consumer.value(), type))
                    .forEach(type -> granted.put(type, false));
        }
    }

    private String retention() {
        return RETENTION.get(random.nextInt(RETENTION.size())) + LIMITS.get(random.nextInt(LIMITS.size()));
    }

    /// A change; returns the client and types whose grants it touches, as `client type`.
    List<String> change() {
        String type = random(types.keySet());
        return switch (random.nextInt(8)) {
            case 0 -> {
                types.put(type, retention());
                yield List.of();
            }
            case 1 -> remove(type);
            case 2 -> add();
            case 3 -> {
                var granted = Objects.requireNonNull(produces.get(random(produces.keySet())));
                if (!granted.remove(type)) {
                    granted.add(type);
                }
                yield List.of();
            }
            default -> grantOrRevoke(random(consumes.keySet()), type);
        };
    }

    /// A queue is one client's.
    private boolean mayConsume(String client, String type) {
        return !type.equals(Plan.QUEUE.value())
                || client.equals(plan.queueReader().client().value());
    }

    private List<String> grantOrRevoke(String client, String type) {
        TreeMap<String, Boolean> granted = Objects.requireNonNull(consumes.get(client));
        if (granted.remove(type) == null && mayConsume(client, type)) {
            granted.put(type, random.nextBoolean());
        }
        return List.of(client + " " + type);
    }

    private List<String> remove(String type) {
        List<String> touched = new ArrayList<>();
        if (types.size() > 3) {
            types.remove(type);
            produces.values().forEach(granted -> granted.remove(type));
            consumes.forEach((client, granted) -> {
                granted.remove(type);
                touched.add(client + " " + type);
            });
        }
        return touched;
    }

    private List<String> add() {
        List<String> touched = new ArrayList<>();
        for (EventType known : Plan.TYPES) {
            String type = known.value();
            if (types.putIfAbsent(type, retention()) == null) {
                produces.values().forEach(granted -> granted.add(type));
                consumes.forEach((client, granted) -> {
                    if (mayConsume(client, type)) {
                        granted.put(type, random.nextBoolean());
                    }
                    touched.add(client + " " + type);
                });
            }
        }
        return touched;
    }

    private String queue() {
        String group = plan.queueReader().name();
        return group.equals(GroupName.DEFAULT) ? "true" : group;
    }

    private String random(Collection<String> names) {
        return List.copyOf(names).get(random.nextInt(names.size()));
    }

    /// Events are remembered for longer than any world lasts, but for those of one type.
    String text() {
        StringBuilder text = new StringBuilder("# " + version++ + "\ntypes:\n");
        types.forEach((type, retention) -> text.append("  ")
                .append(type)
                .append(": { retention: ")
                .append(retention)
                .append(", deduplication: ")
                .append(type.equals(Plan.FORGETFUL.value()) ? "0s" : "900d")
                .append(type.equals(Plan.QUEUE.value()) ? ", queue: " + queue() : "")
                .append(" }\n"));
        text.append("clients:\n");
        for (ClientName producer : plan.producers()) {
            text.append("  ")
                    .append(producer)
                    .append(":\n    produces: { sources: [/")
                    .append(producer);
            text.append("], types: [")
                    .append(String.join(", ", produces.get(producer.value())))
                    .append("] }\n");
        }
        consumes.forEach((client, granted) -> {
            text.append("  ").append(client).append(":\n    consumes:\n      types: [");
            List<String> grants = new ArrayList<>();
            granted.forEach((type, history) -> grants.add("{ type: " + type + ", history: " + history + " }"));
            text.append(String.join(", ", grants)).append("]\n");
        });
        return text.toString();
    }
}
