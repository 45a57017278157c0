package dev.tidings.client.listening;

import dev.tidings.wire.Received;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/// A connection to the broker, which is one instance of the listener's group: offsets are its own. May be used by any
/// thread.
interface Connection {
    /// Who gets what comes.
    interface Events {
        /// The connection is there; told once, before everything else, or never.
        void opened();

        void arrived(Connection from, Received event);

        /// The connection is over; told once.
        void lost(Connection gone, String why);
    }

    /// Whether what arrived can still be confirmed.
    boolean isOpen();

    /// Whether it has come about, and is not over.
    boolean isConnected();

    /// An event was handled. It is confirmed as soon as all those before it are.
    void done(long offset);

    /// An event can't be handled.
    ///
    /// @param report the event with what is to be said of it
    void dead(long offset, String report);

    /// Gives the connection up where nothing was heard of the broker for so long.
    void endIfSilent(Duration time);

    /// It can't be used, or never came about.
    void failed(String why);

    /// Says goodbye, behind everything that is to be sent before.
    CompletionStage<?> close();
}
