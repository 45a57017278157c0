package dev.tidings.client.embedding;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What an embedded broker is started with.
///
/// @param directory      of its store; created where there is none
/// @param catalog        the YAML of what exists; null: what the store has, or else each type from its first use
/// @param port           where it listens; 0: the system chooses
/// @param clock          its time
/// @param onStoreFailure told when the store has failed, and the broker has stopped
public record EmbeddedConfig(
        Path directory, @Nullable String catalog, int port, Clock clock, Consumer<String> onStoreFailure) {

    /// Time, as a broker needs it.
    ///
    /// @param instants what time it is
    /// @param nanos    goes only forward, as fast; where both leap, [EmbeddedBroker#catchUp] is to be called
    public record Clock(InstantSource instants, LongSupplier nanos) {
        public static final Clock SYSTEM = new Clock(InstantSource.system(), System::nanoTime);
    }
}
