package dev.tidings.client.listening;

import dev.tidings.wire.Received;
import java.time.Duration;

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

    /// What is said of the events that came by it.
    Settling settling();

    /// Whether it has come about, and is not over.
    boolean isConnected();

    /// Gives the connection up where nothing was heard of the broker for so long.
    void endIfSilent(Duration time);

    /// It can't be used, or never came about.
    void failed(String why);
}
