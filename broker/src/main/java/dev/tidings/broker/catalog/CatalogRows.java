package dev.tidings.broker.catalog;

import dev.tidings.engine.Batch.StateChange;
import dev.tidings.model.Bytes;
import dev.tidings.model.ClientName;
import dev.tidings.model.EventType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The rows in which the catalog is stored. Table `catalog`: `text-<version>` (YAML, gzip), `grants` (since when
/// each grant in force holds), `proposed` (the proposal being accepted). Table `catalog-history`: a row a version.
final class CatalogRows {
    static final String CATALOG = "catalog";
    static final String HISTORY = "catalog-history";
    static final String GRANTS = "grants";
    static final String PROPOSED = "proposed";
    static final String TEXT = "text-";

    private static final JsonMapper JSON = new JsonMapper();

    private CatalogRows() {}

    /// Sorts as the versions do.
    static String key(long version) {
        String digits = Long.toString(version);
        return "0".repeat(Math.max(0, 12 - digits.length())) + digits;
    }

    static StateChange proposed(Proposal proposal, long version) {
        ObjectNode row = JSON.createObjectNode().put("version", version).put("by", proposal.by());
        return put(CATALOG, PROPOSED, row);
    }

    static StateChange text(long version, String text) {
        return new StateChange.Put(CATALOG, TEXT + key(version), Bytes.of(zipped(text)));
    }

    static StateChange history(CatalogVersion version) {
        ObjectNode row = JSON.createObjectNode()
                .put("version", version.version())
                .put("at", version.at().toString())
                .put("by", version.by());
        ArrayNode changes = row.putArray("changes");
        version.changes().forEach(changes::add);
        return put(HISTORY, key(version.version()), row);
    }

    static StateChange grants(Catalog catalog) {
        ObjectNode row = JSON.createObjectNode();
        Grants.times(catalog).forEach((client, times) -> {
            ObjectNode ofClient = row.putObject(client.value());
            times.forEach((type, since) -> ofClient.put(type.value(), since.toString()));
        });
        return put(CATALOG, GRANTS, row);
    }

    static String text(Bytes row) {
        try (var zipped = new GZIPInputStream(new ByteArrayInputStream(row.toArray()))) {
            return new String(zipped.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("a stored catalog cannot be unpacked", e);
        }
    }

    static CatalogVersion history(Bytes row) {
        JsonNode json = JSON.readTree(row.toArray());
        List<String> changes = new ArrayList<>();
        json.get("changes").forEach(change -> changes.add(change.asString()));
        return new CatalogVersion(
                json.get("version").asLong(),
                Instant.parse(json.get("at").asString()),
                json.get("by").asString(),
                changes);
    }

    static Map<ClientName, Map<EventType, Instant>> grants(Bytes row) {
        Map<ClientName, Map<EventType, Instant>> times = new TreeMap<>();
        JSON.readTree(row.toArray()).forEachEntry((client, types) -> {
            Map<EventType, Instant> ofClient = new TreeMap<>();
            types.forEachEntry((type, since) -> ofClient.put(new EventType(type), Instant.parse(since.asString())));
            times.put(new ClientName(client), ofClient);
        });
        return times;
    }

    private static StateChange put(String table, String key, JsonNode row) {
        return new StateChange.Put(table, key, Bytes.of(JSON.writeValueAsBytes(row)));
    }

    private static byte[] zipped(String text) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return bytes.toByteArray();
    }
}
