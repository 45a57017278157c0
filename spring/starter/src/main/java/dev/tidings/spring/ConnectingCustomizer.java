package dev.tidings.spring;

import dev.tidings.client.Connecting;

/// A bean that has a say in how the bus is opened, for what has no property. Called in the order of the beans, after
/// the properties.
@FunctionalInterface
public interface ConnectingCustomizer {
    void customize(Connecting connecting);
}
