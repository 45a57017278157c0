package dev.tidings.broker.catalog;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads the members of one mapping, telling everything that is not as expected. A member that is wrong counts as
/// absent, so that reading goes on.
final class Fields {
    private final Yaml.Place place;
    private final SequencedMap<String, Yaml> members;
    private final Problems problems;

    private Fields(Yaml.Place place, SequencedMap<String, Yaml> members, Problems problems) {
        this.place = place;
        this.members = members;
        this.problems = problems;
    }

    /// The members of `node`, of which only these keys may be there. What is no mapping has no members.
    static Fields of(Yaml node, Problems problems, String... known) {
        List<String> keys = List.of(known);
        SequencedMap<String, Yaml> members = members(node, problems);
        members.forEach((key, value) -> {
            if (!keys.contains(key)) {
                String expected = "unknown key '" + key + "'; expected one of " + String.join(", ", keys);
                problems.addWithHint(value.place(), expected, key, keys);
            }
        });
        return new Fields(node.place(), members, problems);
    }

    /// The members of a mapping whose keys are names.
    static SequencedMap<String, Yaml> members(Yaml node, Problems problems) {
        if (node instanceof Yaml.Mapping mapping) {
            return mapping.members();
        }
        if (!isNull(node)) {
            problems.add(node.place(), "expected a mapping of keys to values, found " + node.kind());
        }
        return new TreeMap<>();
    }

    /// The items of a list; what is no list has none.
    static List<Yaml> items(Yaml node, Problems problems) {
        if (node instanceof Yaml.Sequence(var _, var items)) {
            return items;
        }
        if (!isNull(node)) {
            problems.add(node.place(), "expected a list, found " + node.kind());
        }
        return List.of();
    }

    /// The value of any scalar that is there, as it is written; null where it is none.
    static @Nullable String text(Yaml node, Problems problems, String expected) {
        if (node instanceof Yaml.Scalar(var _, var form, var text) && form != Yaml.Form.NULL) {
            return text;
        }
        problems.add(node.place(), "expected " + expected + ", found " + node.kind());
        return null;
    }

    Yaml.Place place() {
        return place;
    }

    /// The member, unless it is absent or empty.
    @Nullable
    Yaml get(String key) {
        Yaml member = members.get(key);
        return member == null || isNull(member) ? null : member;
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    boolean has(String key) {
        return members.containsKey(key);
    }

    List<Yaml> items(String key) {
        Yaml member = get(key);
        return member == null ? List.of() : items(member, problems);
    }

    String text(String key) {
        Yaml member = get(key);
        String text = member == null ? null : text(member, problems, "text");
        return text == null ? "" : text;
    }

    boolean flag(String key) {
        Yaml member = get(key);
        if (member instanceof Yaml.Scalar(var _, var form, var text) && form == Yaml.Form.BOOLEAN) {
            return Boolean.parseBoolean(text);
        }
        if (member != null) {
            problems.add(member.place(), "expected true or false, found " + member.kind());
        }
        return false;
    }

    /// A whole number of at least 1.
    @Nullable
    Long count(String key, long max) {
        Yaml member = get(key);
        if (member == null) {
            return null;
        }
        if (member instanceof Yaml.Scalar(var _, var form, var text) && form == Yaml.Form.INTEGER) {
            Long count = text.length() > 18 ? null : Long.valueOf(text);
            if (count != null && count >= 1 && count <= max) {
                return count;
            }
            problems.add(member.place(), "expected a whole number from 1 to " + max + ", found " + text);
            return null;
        }
        problems.add(member.place(), "expected a whole number, found " + member.kind());
        return null;
    }

    /// A value that has a form of its own, such as a size.
    <T> @Nullable T formed(String key, String expected, Function<String, Optional<T>> parse) {
        Yaml member = get(key);
        String text = member == null ? null : text(member, problems, expected);
        if (member == null || text == null) {
            return null;
        }
        Optional<T> parsed = parse.apply(text);
        if (parsed.isEmpty()) {
            problems.add(member.place(), "expected " + expected + ", found '" + text + "'");
        }
        return parsed.orElse(null);
    }

    private static boolean isNull(Yaml node) {
        return node instanceof Yaml.Scalar(var _, var form, var _) && form == Yaml.Form.NULL;
    }
}
