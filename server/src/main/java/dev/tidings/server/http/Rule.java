package dev.tidings.server.http;

/// What must hold of a configuration.
final class Rule {
    private Rule() {}

    static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
