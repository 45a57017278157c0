package dev.tidings.sim.actors;

import dev.tidings.broker.consuming.Opening.Start;
import dev.tidings.engine.testkit.HandClock;
import dev.tidings.model.Bytes;
import dev.tidings.model.ClientName;
import dev.tidings.model.EventType;
import dev.tidings.sim.truth.SubscriptionTruth.Terms;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A subscription as its owner wants it. No two have the same sink.
///
/// @param types null: all that the client may consume
/// @param asks  whether the sink is to be asked before it gets anything
record Draft(Terms terms, @Nullable Set<EventType> types, String mode, boolean asks, String config) {
    private static final String FILTER = "{\"not\":{\"suffix\":{\"id\":\"7\"}}}";
    private static final List<String> MODES = List.of("binary", "structured", "batch");
    /// What it is about that says nothing of types: a queue is nobody's but its group's.
    private static final Set<EventType> ALL =
            Plan.TYPES.stream().filter(type -> !type.equals(Plan.QUEUE)).collect(Collectors.toUnmodifiableSet());

    static Draft random(ClientName client, String host, SplittableRandom random) {
        Set<EventType> types = types(random);
        Start start = start(random);
        boolean ordered = random.nextInt(4) > 0;
        boolean patient = random.nextInt(3) > 0;
        String filter = random.nextInt(4) == 0 ? FILTER : null;
        Terms terms = new Terms(client, host, wanted(types), filter, start, ordered, patient);
        return new Draft(terms, types, mode(random), random.nextBoolean(), config(terms, random));
    }

    /// The same, but for what may change: its types, and how its sink is called.
    Draft changed(SplittableRandom random) {
        return new Draft(terms, types(random), mode(random), random.nextBoolean(), config(terms, random));
    }

    /// What it is about, as far as anybody grants it.
    Set<EventType> wanted() {
        return wanted(types);
    }

    private static Set<EventType> wanted(@Nullable Set<EventType> types) {
        return types == null ? ALL : types;
    }

    private static @Nullable Set<EventType> types(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> Set.of(Plan.TYPES.get(0), Plan.TYPES.get(3));
            case 1 -> Set.of(Plan.TYPES.get(0), Plan.TYPES.get(1), Plan.TYPES.get(4), Plan.TYPES.get(5));
            default -> null;
        };
    }

    private static Start start(SplittableRandom random) {
        return switch (random.nextInt(3)) {
            case 0 -> new Start.Earliest();
            case 1 -> new Start.At(HandClock.START.plus(Duration.ofMillis(random.nextInt(3_000))));
            default -> new Start.Latest();
        };
    }

    private static String mode(SplittableRandom random) {
        return MODES.get(random.nextInt(MODES.size()));
    }

    private static String config(Terms terms, SplittableRandom random) {
        String config = terms.ordered() ? "\"order\":\"perKey\"" : "\"order\":\"none\"";
        if (!terms.patient()) {
            config += ",\"retries\":{\"first\":\"500ms\",\"giveUp\":\"1s\"}";
        }
        if (random.nextInt(3) == 0) {
            config += ",\"concurrency\":" + (1 + random.nextInt(3));
        }
        return random.nextInt(4) == 0 ? config + ",\"maxRate\":50" : config;
    }

    /// To be created with.
    Bytes creation() {
        String from = switch (terms.start()) {
            case Start.Earliest() -> "earliest";
            case Start.Latest() -> "latest";
            case Start.At(var time) -> time.toString();
        };
        return text(config + ",\"from\":\"" + from + "\"");
    }

    /// To be put in place of one that exists.
    Bytes change() {
        return text(config);
    }

    private Bytes text(String settings) {
        String named = types == null
                ? ""
                : ",\"types\":[%s]"
                        .formatted(types.stream()
                                .map(type -> "\"" + type + "\"")
                                .sorted()
                                .collect(Collectors.joining(",")));
        String filters = terms.filter() == null ? "" : ",\"filters\":[" + terms.filter() + "]";
        return Bytes.utf8(("{\"sink\":\"https://%s/\",\"protocol\":\"HTTP\"%s%s,"
                        + "\"protocolsettings\":{\"mode\":\"%s\",\"handshake\":\"%s\"},\"config\":{%s}}")
                .formatted(terms.host(), named, filters, mode, asks ? "required" : "none", settings));
    }
}
