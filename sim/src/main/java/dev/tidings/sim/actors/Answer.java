package dev.tidings.sim.actors;

import dev.tidings.engine.Unavailable;

/// What somebody outside hears of what was asked.
sealed interface Answer<T> {
    record Value<T>(T value) implements Answer<T> {}

    record Failed<T>(Unavailable why) implements Answer<T> {}

    /// The process ended, or the answer was lost.
    record Gone<T>() implements Answer<T> {}

    /// Whether what was asked has not happened.
    static boolean hasNoEffect(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause instanceof Unavailable unavailable && unavailable.effect() == Unavailable.Effect.NONE;
    }
}
