package dev.tidings.node;

import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What a node is given by the program that it runs in.
///
/// @param clock what time it is
/// @param nanos goes only forward, as fast as the clock; where both leap, [Node#catchUp] is to be called
/// @param key   whoever has it may do everything, others prove who they are by the catalog; for an insecure node.
///              Null: there is none
public record Surroundings(
        InstantSource clock, LongSupplier nanos, @Nullable String key) {
    /// Those of a process of its own.
    public static final Surroundings PROCESS = new Surroundings(InstantSource.system(), System::nanoTime, null);

    /// Nothing of the key.
    @Override
    public String toString() {
        return "surroundings";
    }
}
