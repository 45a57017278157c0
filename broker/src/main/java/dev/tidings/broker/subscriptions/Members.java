package dev.tidings.broker.subscriptions;

import dev.tidings.model.DurationText;
import dev.tidings.model.Excerpt;
import dev.tidings.model.NearestName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The members of a JSON object, by names that are compared without regard to case: versions of the specification write
/// them differently. Whatever is not as expected is complained of.
final class Members {
    private final Map<String, JsonNode> values = new HashMap<>();
    private final String pointer;
    private final Complaints complaints;

    private Members(String pointer, Complaints complaints) {
        this.pointer = pointer;
        this.complaints = complaints;
    }

    /// @param known the names there may be
    static Members of(@Nullable JsonNode node, String pointer, Complaints complaints, List<String> known) {
        Members members = new Members(pointer, complaints);
        if (node == null) {
            return members;
        }
        if (!node.isObject()) {
            complaints.add(pointer, "expected an object, found " + kind(node));
            return members;
        }
        node.forEachEntry((name, value) -> members.take(name, value, known));
        return members;
    }

    private void take(String name, JsonNode value, List<String> known) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (known.stream().noneMatch(lower::equalsIgnoreCase)) {
            complaints.add(
                    pointer + "/" + name.replace("~", "~0").replace("/", "~1"),
                    "there is no such member; there are " + String.join(", ", known) + NearestName.hint(name, known));
        } else if (!value.isNull() && values.put(lower, value) != null) {
            complaints.add(at(name), "it is given twice, in different letter cases; remove one");
        }
    }

    @Nullable
    JsonNode get(String name) {
        return values.get(name.toLowerCase(Locale.ROOT));
    }

    boolean has(String name) {
        return get(name) != null;
    }

    String at(String name) {
        return pointer + "/" + name;
    }

    void complain(String name, String reason) {
        complaints.add(at(name), reason);
    }

    @Nullable
    String text(String name, int longest) {
        JsonNode node = get(name);
        if (node == null) {
            return null;
        }
        if (!node.isString() || node.asString().isEmpty() || node.asString().length() > longest) {
            complain(name, "expected a string of 1 to " + longest + " characters, found " + kind(node));
            return null;
        }
        return node.asString();
    }

    @Nullable
    Integer number(String name, int least, int most) {
        JsonNode node = get(name);
        if (node == null) {
            return null;
        }
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.asInt() < least || node.asInt() > most) {
            complain(name, "expected a whole number from " + least + " to " + most + ", found " + kind(node));
            return null;
        }
        return node.asInt();
    }

    boolean flag(String name) {
        JsonNode node = get(name);
        if (node != null && !node.isBoolean()) {
            complain(name, "expected true or false, found " + kind(node));
        }
        return node != null && node.isBoolean() && node.asBoolean();
    }

    @Nullable
    Duration duration(String name, Duration least, Duration most) {
        String text = text(name, 50);
        if (text == null) {
            return null;
        }
        Optional<Duration> duration = DurationText.parse(text)
                .filter(found -> found.compareTo(least) >= 0)
                .filter(found -> found.compareTo(most) <= 0);
        if (duration.isEmpty()) {
            complain(
                    name,
                    "expected " + DurationText.EXPECTED + ", from " + DurationText.print(least) + " to "
                            + DurationText.print(most) + ", found '" + Excerpt.of(text) + "'");
        }
        return duration.orElse(null);
    }

    /// One of some words; the first where none is given.
    String word(String name, String... words) {
        String text = text(name, 100);
        if (text == null) {
            return words[0];
        }
        for (String word : words) {
            if (word.equalsIgnoreCase(text)) {
                return word;
            }
        }
        complain(name, "expected one of " + String.join(", ", words) + ", found '" + Excerpt.of(text) + "'");
        return words[0];
    }

    /// The strings of an array; null where there is none.
    @Nullable
    List<String> texts(String name, int most) {
        JsonNode node = get(name);
        if (node == null) {
            return null;
        }
        if (!node.isArray() || node.size() > most) {
            complain(name, "expected an array of at most " + most + " strings, found " + kind(node));
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            if (node.get(i).isString()) {
                texts.add(node.get(i).asString());
            } else {
                complaints.add(at(name) + "/" + i, "expected a string, found " + kind(node.get(i)));
            }
        }
        return texts;
    }

    /// What stands there, without what may be secret in it.
    private static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "an array of " + node.size();
            case OBJECT -> "an object";
            case STRING -> "a string of " + node.asString().length() + " characters";
            case NUMBER -> "the number " + Excerpt.of(node.asString());
            case BOOLEAN -> node.asString();
            case NULL -> "null";
            case BINARY, MISSING, POJO -> "something else";
        };
    }
}
