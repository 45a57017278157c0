package dev.tidings.broker.dispatch;

/// Told what an instance was given, in the order of its offsets.
@FunctionalInterface
public interface Recipient {
    void take(long offset, Held held);
}
