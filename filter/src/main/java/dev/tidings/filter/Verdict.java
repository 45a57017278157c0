package dev.tidings.filter;

/// What a filter says of an event.
public enum Verdict {
    MATCHES,
    DOES_NOT,
    /// It could not say: the event counts as one that does not match, and whoever asked should count it.
    FAILED;

    static Verdict of(boolean matches) {
        return matches ? MATCHES : DOES_NOT;
    }
}
