package dev.tidings.model;

import java.util.Optional;
import java.util.regex.Pattern;

/// A registered client system: 1 to 100 letters, digits, `.`, `_` and `-`, beginning with a letter or digit.
public record ClientName(String value) implements Comparable<ClientName> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    public ClientName {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "a client's name is 1 to 100 letters, digits, '.', '_' and '-': " + Excerpt.of(value));
        }
    }

    public static Optional<ClientName> parse(String value) {
        return FORM.matcher(value).matches() ? Optional.of(new ClientName(value)) : Optional.empty();
    }

    @Override
    public int compareTo(ClientName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
