package dev.tidings.broker.dispatch;

/// How fast one instance may be given events. Whoever has one calls [Ledger#permitted] when it permits again.
public interface RateLimit {
    /// Whether it may be given one now.
    boolean permits();

    /// It was given one.
    void given();

    /// It was given one less than was said.
    void undone();
}
