package dev.tidings.broker.dead;

import java.util.Optional;

/// Why an event is dead.
public enum DeadReason {
    /// A consumer said so.
    REPORTED("reported"),
    /// It ended unconfirmed as often as its group allows.
    MAX_DELIVERIES("maxDeliveries"),
    /// The sink of its subscription would not take it, or not in time.
    UNDELIVERABLE("undeliverable");

    private final String text;

    DeadReason(String text) {
        this.text = text;
    }

    /// The reason this text names.
    public static Optional<DeadReason> parse(String text) {
        for (DeadReason reason : values()) {
            if (reason.text.equals(text)) {
                return Optional.of(reason);
            }
        }
        return Optional.empty();
    }

    /// As it is stored and shown.
    @Override
    public String toString() {
        return text;
    }
}
