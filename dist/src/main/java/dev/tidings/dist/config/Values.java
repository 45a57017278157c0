package dev.tidings.dist.config;

import dev.tidings.model.DataSize;
import dev.tidings.model.DurationText;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How single values are written.
public final class Values {
    private static final Map<Class<?>, Form<?>> FORMS = Map.of(
            String.class, new Form<>("text", Optional::of),
            int.class, new Form<>("a whole number", Values::integer),
            Integer.class, new Form<>("a whole number", Values::integer),
            long.class, new Form<>("a whole number", Values::number),
            Long.class, new Form<>("a whole number", Values::number),
            boolean.class, new Form<>("true or false", Values::truth),
            Duration.class, new Form<>("a duration such as 500ms, 90s, 30m, 12h or 5d", DurationText::parse),
            DataSize.class, new Form<>("a size such as 65536, 64KiB, 10MiB or 2GiB", DataSize::parse),
            Path.class, new Form<>("a path", text -> Optional.of(Path.of(text))),
            URI.class, new Form<>("a URI", Values::uri));

    private Values() {}

    static boolean isScalar(Class<?> type) {
        return FORMS.containsKey(type) || type.isEnum();
    }

    /// The value that the text spells, or nothing where it spells none.
    static Optional<?> parse(Class<?> type, String text) {
        return form(type).parse.apply(text);
    }

    /// What a value of the type looks like, in words.
    public static String expected(Class<?> type) {
        return form(type).expected;
    }

    /// Whether a wrong value may stand in a message: text may be a secret in the wrong place.
    static boolean mayBeTold(Class<?> type) {
        return type != String.class && type != URI.class;
    }

    /// The value as it is written in the file.
    public static String print(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case Duration duration -> DurationText.print(duration);
            case Enum<?> constant ->
                Key.kebab(constant.name().toLowerCase(Locale.ROOT)).replace('_', '-');
            case Collection<?> list -> list.stream().map(Values::print).collect(Collectors.joining(", ", "[", "]"));
            default -> value.toString();
        };
    }

    private static Form<?> form(Class<?> type) {
        Form<?> form = FORMS.get(type);
        if (form != null) {
            return form;
        }
        if (type.isEnum()) {
            String names =
                    Arrays.stream(type.getEnumConstants()).map(Values::print).collect(Collectors.joining(", "));
            return new Form<>(
                    "one of " + names,
                    text -> Arrays.stream(type.getEnumConstants())
                            .filter(constant -> print(constant).equals(text.toLowerCase(Locale.ROOT)))
                            .findFirst());
        }
        throw new IllegalArgumentException("no configuration value can be a " + type);
    }

    private static Optional<Integer> integer(String text) {
        return number(text).filter(number -> number == number.intValue()).map(Long::intValue);
    }

    private static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.parseLong(text.replace("_", "")));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    private static Optional<Boolean> truth(String text) {
        return switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(URI.create(text));
        } catch (IllegalArgumentException notAUri) {
            return Optional.empty();
        }
    }

    private record Form<T>(String expected, Function<String, Optional<T>> parse) {}
}
