package dev.tidings.dist.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Reads a configuration from its sources: defaults, over them the file, over that the environment.
public final class ConfigReader {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private ConfigReader() {}

    /// The configuration. Throws an [IllegalArgumentException] with one line that names the source, the key, and what
    /// is wrong.
    ///
    /// @param file null: there is none
    public static <R extends Record> R read(R defaults, @Nullable Source file, Map<String, String> environment) {
        ObjectNode tree = file == null ? YAML.createObjectNode() : parse(file);
        Map<String, String> variables = overlay(tree, Key.leaves(defaults), environment);
        try {
            return RecordBinder.bind(defaults, tree);
        } catch (ConfigError error) {
            throw new IllegalArgumentException(origin(error.path(), file, variables) + error.getMessage(), error);
        }
    }

    /// Who may have said it: a value comes from one place, a rule between values may concern several.
    private static String origin(String path, @Nullable Source file, Map<String, String> variables) {
        String variable = variables.get(path);
        if (variable != null) {
            return variable + ": ";
        }
        String concerned = variables.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(path))
                .map(Map.Entry::getValue)
                .sorted()
                .collect(Collectors.joining(", "));
        String name = file == null ? "" : file.name;
        String both = name + (name.isEmpty() || concerned.isEmpty() ? "" : ", ") + concerned;
        return both.isEmpty() ? "" : both + ": ";
    }

    private static ObjectNode parse(Source file) {
        JsonNode tree;
        try {
            tree = YAML.readTree(file.text);
        } catch (JacksonException notYaml) {
            String line = notYaml.getLocation() == null
                    ? ""
                    : ", line " + notYaml.getLocation().getLineNr();
            String message = notYaml.getOriginalMessage().lines().findFirst().orElse("");
            throw new IllegalArgumentException(file.name + line + ": this is not YAML: " + message, notYaml);
        }
        if (tree.isMissingNode() || tree.isNull()) {
            return YAML.createObjectNode();
        }
        if (tree instanceof ObjectNode keys) {
            return keys;
        }
        throw new IllegalArgumentException(file.name + ": expected keys, as 'server:', found something else");
    }

    /// Puts the environment's values into the tree; by path, which variable gave it.
    private static Map<String, String> overlay(ObjectNode tree, List<Key> keys, Map<String, String> environment) {
        Map<String, String> variables = new HashMap<>();
        for (Key key : keys) {
            String value = environment.get(key.variable());
            if (value != null) {
                variables.put(key.path(), key.variable());
                put(tree, key.path(), value);
            }
        }
        return variables;
    }

    private static void put(ObjectNode tree, String path, String value) {
        ObjectNode at = tree;
        String[] steps = path.split("\\.");
        for (int i = 0; i < steps.length - 1; i++) {
            JsonNode next = at.path(steps[i]);
            at = next instanceof ObjectNode section ? section : at.putObject(steps[i]);
        }
        at.put(steps[steps.length - 1], value);
    }

    /// A file's name and text.
    public record Source(String name, String text) {}
}
