package dev.tidings.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.payloads.PayloadConfig;
import dev.tidings.broker.payloads.Payloads;
import dev.tidings.engine.EngineObserver;
import dev.tidings.engine.segmented.RealDisk;
import dev.tidings.engine.segmented.SegmentedConfig;
import dev.tidings.engine.segmented.SegmentedEngine;
import dev.tidings.model.DataSize;
import dev.tidings.model.ErrorCode;
import dev.tidings.server.admin.BackupKeeping.BackupStatus;
import dev.tidings.server.admin.BackupKeeping.Begun;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreBackupsTest {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private RealDisk disk;
    private SegmentedEngine engine;
    private StoreBackups backups;

    @BeforeEach
    void open(@TempDir Path directory) throws IOException {
        Path data = directory.resolve("data");
        Path copies = directory.resolve("backups");
        disk = RealDisk.open(data);
        engine = SegmentedEngine.open(disk, small(), InstantSource.system(), EngineObserver.NONE);
        Payloads payloads = Payloads.open(
                new Payloads.Parts(engine, disk, InstantSource.system(), new SecureRandom()), PayloadConfig.DEFAULT);
        backups = new StoreBackups(
                new StoreBackups.Source(engine, payloads),
                config(data, copies),
                InstantSource.fixed(Instant.parse("2026-01-31T10:00:00Z")),
                tasks::add);
    }

    @AfterEach
    void close() throws IOException {
        engine.close();
        disk.close();
    }

    @Test
    void makesOneBackupAtATime() {
        Begun first = begin();
        Begun second = begin();
        work();
        Begun third = begin();

        assertThat(first).isInstanceOf(Begun.Running.class);
        assertThat(second)
                .isInstanceOfSatisfying(
                        Begun.Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(ErrorCode.STATE_CONFLICT));
        assertThat(third).isInstanceOf(Begun.Running.class);
    }

    @Test
    void tellsOfTheOneUnderWayAndOfThoseThatAreMade() {
        Begun.Running begun = (Begun.Running) begin();
        Runnable making = tasks.remove();

        assertThat(all()).containsExactly(new BackupStatus.Running(begun.name()));
        making.run();
        assertThat(all())
                .singleElement()
                .isInstanceOfSatisfying(
                        BackupStatus.Done.class, done -> assertThat(done.name()).isEqualTo(begun.name()));
    }

    private Begun begin() {
        return backups.begin().toCompletableFuture().join();
    }

    private List<BackupStatus> all() {
        CompletableFuture<List<BackupStatus>> all = backups.all().toCompletableFuture();
        work();
        return all.join();
    }

    private void work() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    private static NodeConfig config(Path data, Path copies) {
        NodeConfig usual = NodeConfig.DEFAULT;
        return new NodeConfig(
                data,
                usual.insecure(),
                usual.drain(),
                usual.catalog(),
                usual.log(),
                usual.server(),
                usual.broker(),
                usual.store(),
                new NodeConfig.BackupSection(copies),
                usual.secrets(),
                usual.callbacks());
    }

    private static SegmentedConfig small() {
        SegmentedConfig usual = SegmentedConfig.DEFAULT;
        return new SegmentedConfig(
                new SegmentedConfig.Ring(3, DataSize.ofMebibytes(32)),
                usual.commit(),
                usual.stage(),
                usual.space(),
                usual.sweepInterval(),
                usual.rememberedEvents(),
                usual.readThreads());
    }
}
