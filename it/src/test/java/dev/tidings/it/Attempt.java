package dev.tidings.it;

import dev.tidings.server.http.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Something that a caller may or may not do.
///
/// @param types    that it is about; empty: about none in particular
/// @param source   of what it produces; null where it produces nothing
/// @param instance which instance it calls; null where it calls none
record Attempt(
        Operation operation,
        Set<String> types,
        @Nullable String source,
        @Nullable Target instance) {
    static final String UNKNOWN_TYPE = "Shop.Web.Order.Unknown";

    private static final List<String> TYPES = List.of(Shop.PLACED, Shop.PAID, Shop.PACKED, UNKNOWN_TYPE);
    private static final List<String> SOURCES = List.of(Shop.SOURCE, "/shop/till", "/elsewhere");

    /// An instance that is called.
    enum Target {
        /// That of the client `desk`.
        OF_DESK,
        OF_DESK_IN_ANOTHER_GROUP,
        OF_DESK_ON_ANOTHER_NODE,
        THAT_NEVER_WAS
    }

    /// Everything that is tried.
    static List<Attempt> all() {
        List<Attempt> all = new ArrayList<>();
        for (Operation operation : Operation.values()) {
            all.addAll(of(operation));
        }
        return all;
    }

    /// The same about one type.
    Attempt of(String type) {
        return new Attempt(operation, Set.of(type), source, instance);
    }

    private static List<Attempt> of(Operation operation) {
        return switch (operation) {
            case PRODUCE_RAW, PRODUCE_EVENT, PRODUCE_EVENTS, PRODUCE_ANY ->
                TYPES.stream()
                        .flatMap(type ->
                                SOURCES.stream().map(source -> new Attempt(operation, Set.of(type), source, null)))
                        .toList();
            case STORE_PAYLOAD, BEGIN_UPLOAD ->
                about(operation, TYPES.stream().map(Set::of).toList());
            case PRODUCE_TEST_EVENT ->
                TYPES.stream()
                        .map(type -> new Attempt(operation, Set.of(type), Shop.SOURCE, null))
                        .toList();
            case OPEN_INSTANCE, CONSUME_WEBSOCKET -> opening(operation);
            case READ_STREAM ->
                about(operation, List.of(Set.of(), Set.of(Shop.PLACED), Set.of(Shop.PAID), Set.of(UNKNOWN_TYPE)));
            case POLL_RAW, POLL_EVENT, POLL_EVENTS, CONFIRM, RELEASE, REPORT_DEAD, CLOSE_INSTANCE ->
                List.of(Target.values()).stream()
                        .map(target -> new Attempt(operation, Set.of(), null, target))
                        .toList();
            case CREATE_SUBSCRIPTION ->
                about(operation, List.of(Set.of(), Set.of(Shop.PLACED), Set.of(Shop.PACKED), Set.of(UNKNOWN_TYPE)));
            // what is expected of each, Outcome says: nothing is forgotten there
            default -> List.of(new Attempt(operation, Set.of(), null, null));
        };
    }

    private static List<Attempt> opening(Operation operation) {
        List<Set<String>> types = new ArrayList<>(List.of(Set.of(), Set.of(Shop.PLACED, Shop.PACKED)));
        TYPES.forEach(type -> types.add(Set.of(type)));
        return about(operation, types);
    }

    private static List<Attempt> about(Operation operation, List<Set<String>> choices) {
        return choices.stream()
                .map(types -> new Attempt(operation, types, null, null))
                .toList();
    }
}
