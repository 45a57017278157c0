package dev.tidings.model;

import java.util.Optional;
import java.util.regex.Pattern;

/// A consumer group of one client. `name` is `~default` or 1 to 100 letters, digits, `.`, `_` and `-`; other
/// names that begin with `~` are the broker's own.
public record GroupName(ClientName client, String name) implements Comparable<GroupName> {
    public static final String DEFAULT = "~default";
    private static final Pattern FORM = Pattern.compile("~?[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern OPEN_TO_CLIENTS = Pattern.compile("~default|[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    public GroupName {
        if (!FORM.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a group's name is '~default' or 1 to 100 letters, digits, '.', '_' and '-': " + Excerpt.of(name));
        }
    }

    /// The group a client asked for, or nothing where the name is not one a client may use.
    public static Optional<GroupName> parse(ClientName client, String name) {
        return OPEN_TO_CLIENTS.matcher(name).matches() ? Optional.of(new GroupName(client, name)) : Optional.empty();
    }

    /// Whether only the broker itself uses it.
    public boolean own() {
        return !OPEN_TO_CLIENTS.matcher(name).matches();
    }

    @Override
    public int compareTo(GroupName other) {
        int byClient = client.compareTo(other.client);
        return byClient != 0 ? byClient : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return client + "/" + name;
    }
}
