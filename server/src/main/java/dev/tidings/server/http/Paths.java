package dev.tidings.server.http;

import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// All paths there are. Finds what a request is about; knows nothing of what is done about it. Immutable once built.
final class Paths {
    private static final Target NO_SUCH_PATH = new Target.NoSuchPath();
    private static final String ANY_SEGMENT = "{}";

    private final Map<String, Place> fixed = new HashMap<>();
    private final Node root = new Node();

    Paths() {
        Map<String, Place> places = new LinkedHashMap<>();
        for (Operation operation : Operation.values()) {
            places.computeIfAbsent(operation.path(), Place::new).operations.put(operation.method(), operation);
        }
        places.values().forEach(this::add);
    }

    /// What the request's path, still percent-encoded, and its method lead to.
    Target find(HttpMethod method, String path) {
        Place place = fixed.get(path);
        return place != null ? place.target(method, List.of()) : walk(method, path);
    }

    private void add(Place place) {
        place.seal();
        if (place.path.indexOf('{') < 0) {
            fixed.put(place.path, place);
        }
        Node node = root;
        for (String segment : place.path.substring(1).split("/", -1)) {
            String step = segment.startsWith("{") ? ANY_SEGMENT : segment;
            node = node.next.computeIfAbsent(step, _ -> new Node());
        }
        node.place = place;
    }

    private Target walk(HttpMethod method, String path) {
        if (path.isEmpty() || path.charAt(0) != '/') {
            return path.equals("*") && method.equals(HttpMethod.OPTIONS)
                    ? new Target.Options("DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT")
                    : NO_SUCH_PATH;
        }
        List<String> parameters = new ArrayList<>(3);
        Node node = root;
        int start = 1;
        while (node != null && start <= path.length()) {
            int end = path.indexOf('/', start);
            end = end < 0 ? path.length() : end;
            String segment = PercentCoding.decode(path, start, end);
            if (segment == null) {
                return new Target.Malformed(Refusal.of(
                        ErrorCode.MALFORMED_REQUEST,
                        "the path has a '%' that is not followed by two hexadecimal digits, or that is not UTF-8"));
            }
            node = node.step(segment, parameters);
            start = end + 1;
        }
        return node == null || node.place == null ? NO_SUCH_PATH : node.place.target(method, parameters);
    }

    private static final class Node {
        private final Map<String, Node> next = new HashMap<>();
        private @Nullable Place place;

        @Nullable
        Node step(String segment, List<String> parameters) {
            Node literal = next.get(segment);
            if (literal != null && !segment.equals(ANY_SEGMENT)) {
                return literal;
            }
            Node any = next.get(ANY_SEGMENT);
            if (any != null && !segment.isEmpty()) {
                parameters.add(segment);
                return any;
            }
            return null;
        }
    }

    /// One path, and what may be asked there.
    private static final class Place {
        private final String path;
        private final Map<HttpMethod, Operation> operations = new HashMap<>();
        private final Map<HttpMethod, Target> withoutParameters = new HashMap<>();
        private String allow = "";

        Place(String path) {
            this.path = path;
        }

        void seal() {
            TreeSet<String> allowed = new TreeSet<>(List.of("OPTIONS"));
            Operation get = operations.get(HttpMethod.GET);
            if (get != null && get.safe()) {
                operations.put(HttpMethod.HEAD, get);
            }
            operations.forEach((method, operation) -> {
                allowed.add(method.name());
                withoutParameters.put(method, new Target.Known(operation, List.of()));
            });
            allow = String.join(", ", allowed);
        }

        Target target(HttpMethod method, List<String> parameters) {
            if (parameters.isEmpty()) {
                Target target = withoutParameters.get(method);
                return target != null ? target : absent(method);
            }
            Operation operation = operations.get(method);
            return operation != null ? new Target.Known(operation, List.copyOf(parameters)) : absent(method);
        }

        private Target absent(HttpMethod method) {
            return method.equals(HttpMethod.OPTIONS) ? new Target.Options(allow) : new Target.WrongMethod(allow);
        }
    }
}
