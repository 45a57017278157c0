package dev.tidings.broker.catalog;

import org.jspecify.annotations.Nullable;

/// A catalog that somebody wants to be in force.
///
/// @param text     its YAML
/// @param by       who proposes it, for the history: a client's name, or `--catalog`
/// @param expected the version that must be in force for the proposal to be accepted; null: any
public record Proposal(String text, String by, @Nullable Long expected) {
    public static Proposal of(String text, String by) {
        return new Proposal(text, by, null);
    }
}
