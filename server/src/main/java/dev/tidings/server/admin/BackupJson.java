package dev.tidings.server.admin;

import dev.tidings.model.Bytes;
import dev.tidings.server.admin.BackupKeeping.BackupStatus;
import dev.tidings.server.http.JsonObject;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// What is told of backups, as JSON.
final class BackupJson {
    private BackupJson() {}

    /// `{"backups": [{"name": "…", "state": "done", "files": 12, "bytes": 104857600}]}`, oldest first.
    static Bytes all(List<BackupStatus> backups) {
        return JsonObject.of(json -> {
            json.writeArrayPropertyStart("backups");
            for (BackupStatus backup : backups) {
                json.writeStartObject();
                write(json, backup);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    static Bytes one(BackupStatus backup) {
        return JsonObject.of(json -> write(json, backup));
    }

    private static void write(JsonGenerator json, BackupStatus backup) {
        json.writeStringProperty("name", backup.name());
        switch (backup) {
            case BackupStatus.Running _ -> json.writeStringProperty("state", "running");
            case BackupStatus.Done(String _, int files, long bytes) -> {
                json.writeStringProperty("state", "done");
                json.writeNumberProperty("files", files);
                json.writeNumberProperty("bytes", bytes);
            }
            case BackupStatus.Failed(String _, String reason) -> {
                json.writeStringProperty("state", "failed");
                json.writeStringProperty("reason", reason);
            }
        }
    }
}
