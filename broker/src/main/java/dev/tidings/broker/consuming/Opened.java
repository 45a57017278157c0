package dev.tidings.broker.consuming;

import dev.tidings.model.Refusal;

/// The answer to an [Opening].
public sealed interface Opened {
    record Open(Instance instance) implements Opened {}

    record Refused(Refusal refusal) implements Opened {}
}
