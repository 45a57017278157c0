package dev.tidings.engine.testkit.exam;

import dev.tidings.engine.Appended;
import dev.tidings.engine.Batch;
import dev.tidings.engine.Engine;
import dev.tidings.engine.Partition;
import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.TypeSelection;
import dev.tidings.engine.testkit.HandClock;
import dev.tidings.engine.testkit.disk.Crash;
import dev.tidings.engine.testkit.disk.FaultyDisk;
import dev.tidings.model.StreamName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/// What the parts of the exam share: an open engine on an empty store, and a clock turned by hand.
@Timeout(60)
public abstract class Exam {
    protected final HandClock clock = new HandClock();
    private Examinee examinee;
    private Engine engine;

    protected Exam() {}

    /// A new, empty store of the engine under examination, which lives by this clock.
    protected abstract Examinee examinee(InstantSource clock);

    @BeforeEach
    void begin() throws IOException {
        examinee = examinee(clock);
        engine = examinee.open();
    }

    @AfterEach
    void end() {
        examinee.close();
    }

    final Engine engine() {
        return engine;
    }

    /// The disk below the engine; skips the test where it has none.
    final FaultyDisk disk() {
        Assumptions.assumeTrue(examinee.disk().isPresent(), "this engine has no disk of its own");
        return examinee.disk().orElseThrow();
    }

    final void reopen() {
        engine.close();
        open();
    }

    final void reopenAfter(Crash crash) {
        examinee.crash(crash);
        open();
    }

    private void open() {
        try {
            engine = examinee.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    final Appended append(Batch.Entry... entries) {
        return append(Batch.ofEntries(List.of(entries)));
    }

    final Appended append(Batch batch) {
        return Await.result(engine.log().append(batch));
    }

    final List<StoredEvent> eventsIn(StreamName stream) {
        return reading(stream, TypeSelection.ALL).all();
    }

    final Reading reading(StreamName stream, TypeSelection types) {
        return new Reading(engine, Partition.only(stream), types);
    }

    final List<String> idsIn(StreamName stream) {
        return eventsIn(stream).stream().map(Samples::id).toList();
    }
}
