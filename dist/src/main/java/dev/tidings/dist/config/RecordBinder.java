package dev.tidings.dist.config;

import dev.tidings.model.NearestName;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Makes a record like another one, except for what a tree says. Components may be scalars (see [Values]), enums,
/// records, and lists or sets of these.
public final class RecordBinder {
    private RecordBinder() {}

    /// The record that the tree describes, with `defaults` for what it does not say. Throws a [ConfigError].
    public static <R extends Record> R bind(R defaults, JsonNode tree) {
        return typed(defaults, record("", defaults.getClass(), defaults, tree));
    }

    @SuppressWarnings("unchecked") // the record was made by the constructor of the defaults' own class
    private static <R extends Record> R typed(R defaults, Record bound) {
        return (R) defaults.getClass().cast(bound);
    }

    private static Record record(String path, Class<?> type, @Nullable Record defaults, JsonNode tree) {
        if (!tree.isObject()) {
            throw new ConfigError(path, "expected keys below it, found " + kind(tree));
        }
        List<Key> keys = Key.of(path, type, defaults);
        refuseUnknown(path, keys, tree);
        List<@Nullable Object> values = new ArrayList<>();
        for (Key key : keys) {
            values.add(value(key, tree.path(key.name())));
        }
        return construct(path, type, values);
    }

    private static void refuseUnknown(String path, List<Key> keys, JsonNode tree) {
        List<String> known = keys.stream().map(Key::name).toList();
        for (String found : tree.propertyNames()) {
            if (!known.contains(found)) {
                String hint = NearestName.hint(found, known);
                String told = hint.isEmpty() ? "; known here: " + String.join(", ", known) : hint;
                throw new ConfigError(path.isEmpty() ? found : path + "." + found, "there is no such key" + told);
            }
        }
    }

    private static @Nullable Object value(Key key, JsonNode node) {
        boolean section = key.component().getType().isRecord()
                && Key.isSection(key.component().getType());
        if (node.isMissingNode() || node.isNull() && section) {
            return otherwise(key);
        }
        if (node.isNull()) {
            if (key.nullable()) {
                return null;
            }
            throw new ConfigError(key.path(), "expected a value, found nothing; remove the key for its default");
        }
        return value(key.path(), key.type(), key.fallback(), node);
    }

    private static @Nullable Object otherwise(Key key) {
        if (key.fallback() == null && !key.nullable()) {
            throw new ConfigError(key.path(), "this key is missing, and has no default");
        }
        return key.fallback();
    }

    private static Object value(String path, Type type, @Nullable Object fallback, JsonNode node) {
        return switch (type) {
            case ParameterizedType many -> many(path, many, node);
            case Class<?> section
            when Key.isSection(section) ->
                record(path, section, fallback instanceof Record record ? record : null, node);
            case Class<?> scalar -> scalar(path, scalar, node);
            default -> throw new IllegalArgumentException("no configuration value can be a " + type);
        };
    }

    private static Collection<Object> many(String path, ParameterizedType type, JsonNode node) {
        Type item = type.getActualTypeArguments()[0];
        List<Object> items = new ArrayList<>();
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                items.add(value(path + "[" + i + "]", item, null, node.get(i)));
            }
        } else if (node.isString() && item instanceof Class<?> scalar && Values.isScalar(scalar)) {
            for (String part : node.stringValue().split(",")) {
                items.add(parse(path, scalar, part.strip()));
            }
        } else {
            throw new ConfigError(path, "expected a list, found " + kind(node));
        }
        return type.getRawType() == Set.class ? new LinkedHashSet<>(items) : items;
    }

    private static Object scalar(String path, Class<?> type, JsonNode node) {
        if (!node.isValueNode()) {
            throw new ConfigError(path, "expected " + Values.expected(type) + ", found " + kind(node));
        }
        return parse(path, type, node.asString());
    }

    private static Object parse(String path, Class<?> type, String text) {
        var value = Values.parse(type, text);
        if (value.isEmpty()) {
            String found = Values.mayBeTold(type) ? ", found '" + text + "'" : "";
            throw new ConfigError(path, "expected " + Values.expected(type) + found);
        }
        return value.get();
    }

    private static Record construct(String path, Class<?> type, List<@Nullable Object> values) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            return (Record) constructor.newInstance(values.toArray());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw new ConfigError(path, String.valueOf(refused.getMessage()));
            }
            throw new IllegalStateException("cannot make a " + type, e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make a " + type, e);
        }
    }

    private static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> "keys";
            case ARRAY -> "a list";
            case NULL -> "nothing";
            case STRING -> "text";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case BINARY, MISSING, POJO -> "something else";
        };
    }
}
