package dev.tidings.broker.subscriptions;

/// A text that nobody is shown: it is in no log, and in no message.
///
/// @param text handed to who has to use it, and to nobody else
public record Secret(String text) {
    @Override
    public String toString() {
        return "secret";
    }
}
