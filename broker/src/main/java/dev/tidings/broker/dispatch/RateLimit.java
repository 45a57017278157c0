package dev.tidings.broker.dispatch;

/// How fast one instance may be given events. Whoever has one calls [Ledger#permitted] when it permits again.
public interface RateLimit {
    /// As fast as it takes them.
    RateLimit NONE = new RateLimit() {
        @Override
        public boolean permits() {
            return true;
        }

        @Override
        public void given() {}

        @Override
        public void undone() {}
    };

    /// Whether it may be given one now.
    boolean permits();

    /// It was given one.
    void given();

    /// It was given one less than was said.
    void undone();
}
