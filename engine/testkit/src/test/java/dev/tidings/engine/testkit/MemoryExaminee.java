package dev.tidings.engine.testkit;

import dev.tidings.engine.Engine;
import dev.tidings.engine.testkit.disk.Crash;
import dev.tidings.engine.testkit.disk.FaultyDisk;
import dev.tidings.engine.testkit.exam.Examinee;
import java.time.InstantSource;
import java.util.Optional;

/// A [MemoryEngine] sits the exam.
final class MemoryExaminee implements Examinee {
    private MemoryEngine engine;
    private boolean opened;

    MemoryExaminee(InstantSource clock) {
        engine = new MemoryEngine(clock);
    }

    @Override
    public Engine open() {
        engine = opened ? engine.reopen() : engine;
        opened = true;
        return engine;
    }

    @Override
    public void crash(Crash crash) {
        engine = engine.reopenAfterCrash();
        opened = false;
    }

    @Override
    public Optional<FaultyDisk> disk() {
        return Optional.empty();
    }

    @Override
    public void close() {
        engine.close();
    }
}
