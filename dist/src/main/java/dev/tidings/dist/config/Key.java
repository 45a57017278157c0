package dev.tidings.dist.config;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A key of the configuration: a component of a record.
///
/// @param path     the keys that lead there, as `server.limits.request`
/// @param owner    the record that it is a component of
/// @param fallback its value where nothing is configured; null: none
public record Key(
        String path,
        Class<?> owner,
        RecordComponent component,
        @Nullable Object fallback) {
    /// The keys of a record that are values, not sections, in the order of their declaration.
    public static List<Key> leaves(Record defaults) {
        List<Key> leaves = new ArrayList<>();
        collect("", defaults, leaves);
        return leaves;
    }

    private static void collect(String path, Record defaults, List<Key> leaves) {
        for (Key key : of(path, defaults.getClass(), defaults)) {
            if (key.fallback instanceof Record section && isSection(key.component.getType())) {
                collect(key.path, section, leaves);
            } else {
                leaves.add(key);
            }
        }
    }

    /// The direct keys of a record.
    ///
    /// @param defaults null: none of its keys has a default
    static List<Key> of(String path, Class<?> owner, @Nullable Record defaults) {
        List<Key> keys = new ArrayList<>();
        for (RecordComponent component : owner.getRecordComponents()) {
            String name = kebab(component.getName());
            keys.add(new Key(
                    path.isEmpty() ? name : path + "." + name,
                    owner,
                    component,
                    defaults == null ? null : value(component, defaults)));
        }
        return keys;
    }

    /// Whether a type of a component is a section of keys rather than one value.
    static boolean isSection(Class<?> type) {
        return type.isRecord() && !Values.isScalar(type);
    }

    String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    public Type type() {
        return component.getGenericType();
    }

    boolean nullable() {
        AnnotatedType annotated = component.getAnnotatedType();
        return annotated.isAnnotationPresent(Nullable.class);
    }

    /// The environment variable that overrides it: `TIDINGS_SERVER_LIMITS_REQUEST`.
    public String variable() {
        return "TIDINGS_" + path.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    static String kebab(String name) {
        StringBuilder kebab = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isUpperCase(c)) {
                kebab.append('-');
            }
            kebab.append(Character.toLowerCase(c));
        }
        return kebab.toString();
    }

    private static @Nullable Object value(RecordComponent component, Record of) {
        try {
            return component.getAccessor().invoke(of);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }
}
