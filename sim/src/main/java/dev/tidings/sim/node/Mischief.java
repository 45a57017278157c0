package dev.tidings.sim.node;

import dev.tidings.engine.Engine;
import dev.tidings.engine.disk.Disk;

/// What a test puts between the rooms to see whether the world notices.
public interface Mischief {
    Mischief NONE = new Mischief() {
        @Override
        public Disk of(Disk disk) {
            return disk;
        }

        @Override
        public Engine of(Engine engine) {
            return engine;
        }
    };

    /// What the engine is given for its disk.
    Disk of(Disk disk);

    /// What the broker is given for its engine.
    Engine of(Engine engine);
}
