package dev.tidings.sim.node;

import dev.tidings.callback.sink.SinkChannel;
import dev.tidings.engine.Engine;
import dev.tidings.engine.disk.Disk;

/// What a test puts between the rooms to see whether the world notices.
public interface Mischief {
    Mischief NONE = new Mischief() {};

    /// What the engine is given for its disk.
    default Disk of(Disk disk) {
        return disk;
    }

    /// What the broker is given for its engine.
    default Engine of(Engine engine) {
        return engine;
    }

    /// What whoever delivers is given for its way to a sink.
    default SinkChannel of(SinkChannel channel) {
        return channel;
    }
}
