package dev.tidings.broker.payloads;

import dev.tidings.engine.Engine;
import dev.tidings.engine.EngineStatus;
import dev.tidings.engine.EventLog;
import dev.tidings.engine.Groups;
import dev.tidings.engine.StateTables;

/// An engine whose log keeps payloads.
record HoldingEngine(Engine engine, EventLog log) implements Engine {
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
