package dev.tidings.node;

import dev.tidings.broker.payloads.Payloads;
import dev.tidings.engine.segmented.SegmentedEngine;
import dev.tidings.engine.segmented.backup.Backups;
import dev.tidings.engine.segmented.backup.Image;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import dev.tidings.server.admin.BackupKeeping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes backups of this node's store, one at a time, in the background.
final class StoreBackups implements BackupKeeping {
    private static final Logger LOG = LoggerFactory.getLogger(StoreBackups.class);

    private final Source source;
    private final @Nullable Backups backups;
    private final InstantSource clock;
    private final Executor worker;
    private @Nullable BackupStatus latest;

    /// What is copied.
    record Source(SegmentedEngine engine, Payloads payloads) {}

    /// @param worker makes them
    StoreBackups(Source source, NodeConfig config, InstantSource clock, Executor worker) {
        Path directory = config.backup().directory();
        this.source = source;
        this.backups = directory == null ? null : new Backups(config.data(), directory);
        this.clock = clock;
        this.worker = worker;
    }

    @Override
    public CompletionStage<Begun> begin() {
        return CompletableFuture.completedStage(backups == null ? new Begun.Refused(notConfigured()) : begin(backups));
    }

    private synchronized Begun begin(Backups all) {
        if (latest instanceof BackupStatus.Running running) {
            return new Begun.Refused(Refusal.of(ErrorCode.STATE_CONFLICT, "a backup is under way: " + running.name()));
        }
        Backups.Begun begun = all.begin(clock.instant());
        latest = new BackupStatus.Running(begun.name());
        worker.execute(() -> make(all, begun));
        return new Begun.Running(begun.name());
    }

    private void make(Backups all, Backups.Begun begun) {
        BackupStatus result;
        try {
            Backups.Made made = source.payloads.pausing(
                    () -> all.make(source.engine, begun, ProductVersion.current(), this::payloads));
            LOG.info("backup {}: {} bytes, {} of them copied", made.name(), made.bytes(), made.copied());
            result = new BackupStatus.Done(made.name(), made.files(), made.bytes());
        } catch (IOException | RuntimeException e) { // the top of this thread: nobody else could tell
            LOG.error("backup {} failed", begun.name(), e);
            result = new BackupStatus.Failed(begun.name(), String.valueOf(e.getMessage()));
        }
        ended(result);
    }

    private List<Image.Part> payloads() {
        return source.payloads.files().stream()
                .map(file -> new Image.Part(file.path(), file.path(), file.size(), true))
                .toList();
    }

    private synchronized void ended(BackupStatus result) {
        latest = result;
    }

    private synchronized @Nullable BackupStatus latest() {
        return latest;
    }

    @Override
    public CompletionStage<List<BackupStatus>> all() {
        return CompletableFuture.supplyAsync(this::list, worker);
    }

    private List<BackupStatus> list() {
        BackupStatus newest = latest();
        List<BackupStatus> all = new ArrayList<>();
        if (backups != null) {
            try {
                for (Backups.Listed listed : backups.list()) {
                    all.add(new BackupStatus.Done(listed.name(), listed.files(), listed.bytes()));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        if (newest != null && all.stream().noneMatch(status -> status.name().equals(newest.name()))) {
            all.add(newest);
        }
        return all;
    }

    private static Refusal notConfigured() {
        return Refusal.of(
                ErrorCode.NOT_FOUND,
                "this broker has no place for backups: set backup.directory in its configuration and start it again");
    }
}
