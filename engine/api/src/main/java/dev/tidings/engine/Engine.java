package dev.tidings.engine;

/// An open store. One process owns it; all parts may be used by many threads.
public interface Engine extends AutoCloseable {
    EventLog log();

    Groups groups();

    StateTables states();

    EngineStatus status();

    /// Finishes what was appended, makes a restart cheap, and gives the store up. Appends that come later fail
    /// with [Unavailable] and [Unavailable.Effect#NONE]. Closing twice does nothing.
    @Override
    void close();
}
