package dev.tidings.client.streams;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A stream that is followed, until this is closed. May be used by any thread.
public interface Following extends AutoCloseable {
    /// Behind what the handler has taken, and what was passed over since; null: nothing was read yet.
    @Nullable
    String position();

    /// Completes when it has ended: normally after [#close]; exceptionally where it can't go on by itself, with
    /// [PositionGoneException] where retention has overtaken it, or another [dev.tidings.client.RefusedException]
    /// where the broker finds something wrong with what is asked for. All else is logged, and tried again.
    CompletableFuture<Void> ended();

    /// Reads nothing more, and lets the handler finish, within [dev.tidings.client.Firing#closing].
    @Override
    void close();
}
