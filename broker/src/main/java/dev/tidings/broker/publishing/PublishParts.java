package dev.tidings.broker.publishing;

import dev.tidings.broker.payloads.PayloadClaims;
import java.util.concurrent.Executor;

/// What a [Publisher] works with.
///
/// @param worker   validates what is too much for a calling thread
/// @param payloads asked for those that events refer to
public record PublishParts(
        PublishConfig config,
        DataSchema.Compiler compiler,
        Executor worker,
        PublishObserver observer,
        PayloadClaims payloads) {}
