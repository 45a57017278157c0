package dev.tidings.broker.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/// Reads one YAML document into a tree, in time and memory proportional to its length: the length and the depth
/// are bounded, and aliases, by which a short text can stand for an endless one, are refused.
final class YamlReader {
    /// The longest text, in characters: what the parser takes at most.
    static final int MAX_LENGTH = 3 << 20;

    private static final int MAX_DEPTH = 64;
    private static final YAMLFactory YAML = new YAMLFactory();

    private final JsonParser parser;
    private final Problems problems;

    private YamlReader(JsonParser parser, Problems problems) {
        this.parser = parser;
        this.problems = problems;
    }

    /// The document's root, or null where there is none or the text is not YAML; then a problem says so.
    static @Nullable Yaml read(String text, Problems problems) {
        if (text.length() > MAX_LENGTH) {
            problems.add(
                    Yaml.Place.START,
                    "the text has " + text.length() + " characters; a catalog has at most " + MAX_LENGTH);
            return null;
        }
        try (JsonParser parser = YAML.createParser(ObjectReadContext.empty(), text)) {
            return new YamlReader(parser, problems).document();
        } catch (JacksonException notYaml) {
            problems.add(placeOf(notYaml), "this is not YAML: " + firstLine(notYaml.getOriginalMessage()));
            return null;
        }
    }

    private @Nullable Yaml document() {
        if (parser.nextToken() == null) {
            problems.add(Yaml.Place.START, "the text is empty; a catalog that holds nothing is written 'types: {}'");
            return null;
        }
        Yaml root = value(Yaml.Place.START, 1);
        if (parser.nextToken() != null) {
            problems.add(here(Yaml.Place.START, ""), "a second document begins here; a catalog is one document");
        }
        return root;
    }

    private Yaml value(Yaml.Place place, int depth) {
        if (isTaggedOrAlias(place)) {
            parser.skipChildren();
            return new Yaml.Scalar(place, Yaml.Form.NULL, "");
        }
        if (depth > MAX_DEPTH) {
            problems.add(place, "this is nested deeper than " + MAX_DEPTH + " levels; flatten it");
            parser.skipChildren();
            return new Yaml.Scalar(place, Yaml.Form.NULL, "");
        }
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> mapping(place, depth);
            case START_ARRAY -> sequence(place, depth);
            case VALUE_NULL -> new Yaml.Scalar(place, Yaml.Form.NULL, "");
            case VALUE_TRUE, VALUE_FALSE -> scalar(place, Yaml.Form.BOOLEAN);
            case VALUE_NUMBER_INT -> scalar(place, Yaml.Form.INTEGER);
            case VALUE_NUMBER_FLOAT -> scalar(place, Yaml.Form.DECIMAL);
            default -> scalar(place, Yaml.Form.TEXT);
        };
    }

    private Yaml.Scalar scalar(Yaml.Place place, Yaml.Form form) {
        return new Yaml.Scalar(place, form, parser.getString());
    }

    private Yaml mapping(Yaml.Place place, int depth) {
        SequencedMap<String, Yaml> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            Yaml.Place at = here(place, key);
            parser.nextToken();
            Yaml earlier = members.putIfAbsent(key, value(at, depth + 1));
            if (earlier != null) {
                problems.add(
                        at,
                        "'" + key + "' stands here for the second time, first in line "
                                + earlier.place().line() + "; remove one");
            }
        }
        return new Yaml.Mapping(place, members);
    }

    private Yaml sequence(Yaml.Place place, int depth) {
        List<Yaml> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            TokenStreamLocation at = parser.currentTokenLocation();
            items.add(value(place.item(at.getLineNr(), at.getColumnNr(), items.size()), depth + 1));
        }
        return new Yaml.Sequence(place, items);
    }

    private boolean isTaggedOrAlias(Yaml.Place place) {
        boolean alias = ((YAMLParser) parser).isCurrentAlias();
        boolean tagged = parser.getTypeId() != null;
        if (alias || tagged) {
            String what = alias ? "aliases ('*name')" : "tags ('!name')";
            problems.add(place, what + " are not supported; write the plain value out");
        }
        return alias || tagged;
    }

    private Yaml.Place here(Yaml.Place parent, String key) {
        TokenStreamLocation at = parser.currentTokenLocation();
        return parent.member(at.getLineNr(), at.getColumnNr(), key);
    }

    private static Yaml.Place placeOf(JacksonException notYaml) {
        TokenStreamLocation at = notYaml.getLocation();
        return at == null || at.getLineNr() < 1
                ? Yaml.Place.START
                : new Yaml.Place(at.getLineNr(), Math.max(1, at.getColumnNr()), null, "");
    }

    private static String firstLine(String message) {
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
