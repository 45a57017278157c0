package dev.tidings.server.admin;

import dev.tidings.broker.catalog.CatalogVersion;
import dev.tidings.broker.catalog.CatalogWarning;
import dev.tidings.model.Bytes;
import dev.tidings.server.http.JsonObject;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// What is told of the catalog, as JSON.
final class CatalogJson {
    private CatalogJson() {}

    /// `{"version": 3, "changes": ["+ type …"], "warnings": ["types.…: …"]}`
    static Bytes applied(long version, List<String> changes, List<CatalogWarning> warnings) {
        return JsonObject.of(json -> {
            json.writeNumberProperty("version", version);
            strings(json, "changes", changes);
            strings(
                    json,
                    "warnings",
                    warnings.stream().map(CatalogWarning::toString).toList());
        });
    }

    /// `{"versions": [{"version": 3, "at": "…", "by": "…", "changes": […]}]}`, newest first.
    static Bytes history(List<CatalogVersion> versions) {
        return JsonObject.of(json -> {
            json.writeArrayPropertyStart("versions");
            for (CatalogVersion version : versions) {
                json.writeStartObject();
                json.writeNumberProperty("version", version.version());
                json.writeStringProperty("at", version.at().toString());
                json.writeStringProperty("by", version.by());
                strings(json, "changes", version.changes());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void strings(JsonGenerator json, String name, List<String> values) {
        json.writeArrayPropertyStart(name);
        values.forEach(json::writeString);
        json.writeEndArray();
    }
}
