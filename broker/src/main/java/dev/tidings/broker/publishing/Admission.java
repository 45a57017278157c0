package dev.tidings.broker.publishing;

import dev.tidings.model.Event;
import dev.tidings.model.Refusal;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// Judges an event that is to be stored once more as a produced one is judged, but for who produced it: its type
/// exists, it is not too large, its data is valid against the type's schema.
@FunctionalInterface
public interface Admission {
    /// Completes with nothing where the event may be stored; exceptionally with [dev.tidings.engine.Unavailable]
    /// where too much waits to be judged. May be called by any thread; never blocks it.
    CompletionStage<Optional<Refusal>> judge(Event event);
}
