package dev.tidings.broker.payloads;

import dev.tidings.model.Refusal;
import org.jspecify.annotations.Nullable;

/// What came of wanting to store something.
public sealed interface Begun {
    /// The body may come. Whoever has this ends it, with [Receiving#end] or [Receiving#cut].
    record Receive(Receiving receiving) implements Begun {}

    /// An upload stands, and waits for bodies.
    record Waiting(Upload upload) implements Begun {}

    /// @param upload how far the upload is, where the client is wrong about that; else null
    record Refused(Refusal refusal, @Nullable Upload upload) implements Begun {
        Refused(Refusal refusal) {
            this(refusal, null);
        }
    }
}
