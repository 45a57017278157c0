package dev.tidings.engine;

/// An engine with another log in front of its own.
public record EngineWithLog(Engine engine, EventLog log) implements Engine {
    @Override
    public Groups groups() {
        return engine.groups();
    }

    @Override
    public StateTables states() {
        return engine.states();
    }

    @Override
    public EngineStatus status() {
        return engine.status();
    }

    @Override
    public void close() {
        engine.close();
    }
}
