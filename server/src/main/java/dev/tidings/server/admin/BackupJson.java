package dev.tidings.server.admin;

import dev.tidings.model.Bytes;
import dev.tidings.server.admin.BackupKeeping.BackupStatus;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// What is told of backups, as JSON.
final class BackupJson {
    private static final JsonFactory JSON = new JsonFactory();

    private BackupJson() {}

    /// `{"backups": [{"name": "…", "state": "done", "files": 12, "bytes": 104857600}]}`, oldest first.
    static Bytes all(List<BackupStatus> backups) {
        return written(json -> {
            json.writeStartObject();
            json.writeArrayPropertyStart("backups");
            backups.forEach(backup -> write(json, backup));
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    static Bytes one(BackupStatus backup) {
        return written(json -> write(json, backup));
    }

    private static void write(JsonGenerator json, BackupStatus backup) {
        json.writeStartObject();
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
        json.writeEndObject();
    }

    private static Bytes written(Consumer<JsonGenerator> content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            content.accept(json);
        }
        return Bytes.of(out.toByteArray());
    }
}
