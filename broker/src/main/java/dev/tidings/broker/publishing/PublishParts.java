package dev.tidings.broker.publishing;

import java.util.concurrent.Executor;

/// What a [Publisher] works with.
///
/// @param worker validates what is too much for a calling thread
public record PublishParts(
        PublishConfig config, DataSchema.Compiler compiler, Executor worker, PublishObserver observer) {}
