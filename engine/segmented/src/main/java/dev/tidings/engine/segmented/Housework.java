package dev.tidings.engine.segmented;

import dev.tidings.engine.disk.DiskFullException;
import dev.tidings.engine.segmented.checkpoint.Checkpointer;
import dev.tidings.engine.segmented.commit.Space;
import dev.tidings.engine.segmented.retention.Sweep;
import dev.tidings.engine.segmented.wal.RingFiles;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/// What the housekeeper of an engine does.
record Housework(RingFiles ring, Checkpointer checkpointer, Sweep retention, Space space, BooleanSupplier stopped)
        implements Housekeeper.Chores {

    @Override
    public void prepare() throws IOException {
        try {
            ring.prepareAll(stopped);
            checkpointer.fillReserve();
        } catch (DiskFullException e) {
            space.starved();
        }
    }

    @Override
    public void checkpoint() throws IOException {
        checkpointer.run();
        prepare();
    }

    @Override
    public void sweep() {
        retention.run();
    }
}
