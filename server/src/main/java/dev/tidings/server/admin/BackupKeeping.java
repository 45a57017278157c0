package dev.tidings.server.admin;

import dev.tidings.model.Refusal;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// How administrators have the store copied while it is in use.
public interface BackupKeeping {
    /// Begins a backup, which goes on by itself; one at a time.
    CompletionStage<Begun> begin();

    /// All backups there are, oldest first: finished ones, the one under way, and the last that failed since the start.
    CompletionStage<List<BackupStatus>> all();

    /// What came of beginning.
    sealed interface Begun {
        record Running(String name) implements Begun {}

        record Refused(Refusal refusal) implements Begun {}
    }

    /// What is known of a backup.
    sealed interface BackupStatus {
        /// What it is called among the others.
        String name();

        record Running(String name) implements BackupStatus {}

        /// @param bytes of all its files
        record Done(String name, int files, long bytes) implements BackupStatus {}

        record Failed(String name, String reason) implements BackupStatus {}
    }
}
