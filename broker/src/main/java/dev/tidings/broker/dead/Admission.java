package dev.tidings.broker.dead;

import dev.tidings.model.Event;
import dev.tidings.model.Refusal;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// Judges a mended event as a produced one is judged, but for who produced it: its type exists, it is not too
/// large, its data is valid against the type's schema.
@FunctionalInterface
public interface Admission {
    /// Completes with nothing where the event may be stored. May be called by any thread; never blocks it.
    CompletionStage<Optional<Refusal>> judge(Event event);
}
