package dev.tidings.callback.sink;

import java.util.regex.Pattern;

/// Names of hosts: labels of ASCII letters, digits, `-` and `_`. Other scripts come in their `xn--` form.
final class HostName {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?");
    /// What some resolvers take for an address: `1`, `0177`, `0x7f`.
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");

    private static final int LONGEST = 253;

    private HostName() {}

    /// Whether it is a name, in small letters and without a dot at its end. A name whose last label is a number is
    /// none: somebody would read an address into it.
    static boolean isWellFormed(String host) {
        String[] labels = host.split("\\.", -1);
        if (host.length() > LONGEST || NUMBER.matcher(labels[labels.length - 1]).matches()) {
            return false;
        }
        for (String label : labels) {
            if (!LABEL.matcher(label).matches()) {
                return false;
            }
        }
        return true;
    }
}
