package dev.tidings.engine.segmented;

import dev.tidings.engine.disk.DiskFullException;
import dev.tidings.engine.segmented.checkpoint.Checkpointer;
import dev.tidings.engine.segmented.commit.Health;
import dev.tidings.engine.segmented.commit.Room;
import dev.tidings.engine.segmented.commit.Space;
import dev.tidings.engine.segmented.wal.RingFiles;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/// What the housekeeper does.
interface Housework {
    Housework NONE = new Housework() {
        @Override
        public void prepare() {}

        @Override
        public void checkpoint() {}

        @Override
        public void done() {}
    };

    /// Makes what an engine can begin without: the rest of the ring's files, the ballast.
    void prepare();

    void checkpoint();

    /// Whoever waited may look again.
    void done();

    /// Of an engine.
    record OfEngine(
            RingFiles ring, Checkpointer checkpointer, Health health, Space space, Room room, BooleanSupplier stopped)
            implements Housework {

        @Override
        public void prepare() {
            try {
                make();
            } catch (IOException e) {
                health.fail("the write-ahead ring could not be made: " + e.getMessage(), e);
            }
            room.made();
        }

        void make() throws IOException {
            try {
                ring.prepareAll(stopped);
                checkpointer.fillReserve();
            } catch (DiskFullException _) {
                space.starved();
            }
        }

        @Override
        public void checkpoint() {
            checkpointer.run();
            if (!health.failed()) {
                prepare();
            }
        }

        @Override
        public void done() {
            room.made();
        }
    }
}
