package dev.tidings.broker.payloads;

import dev.tidings.broker.payloads.Payload.About;
import dev.tidings.engine.Batch.StateChange;
import dev.tidings.engine.Partition;
import dev.tidings.engine.StateTables;
import dev.tidings.model.Bytes;
import dev.tidings.model.ClientName;
import dev.tidings.model.EventType;
import dev.tidings.model.StreamName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Payloads and uploads as rows of the store's state: key the id, value lines of `name=value`. Part of the storage
/// format; unknown names are passed over.
final class PayloadRows {
    private static final String PAYLOADS = "payloads";
    private static final String UPLOADS = "payload-uploads";
    private static final String STORE = "payload-store";
    private static final String MARK = "mark";
    private static final String HELD = "held.";

    private PayloadRows() {}

    /// The mark of this store; null where it has none yet.
    static @Nullable String mark(StateTables states) {
        return states.get(STORE, MARK).map(Bytes::toUtf8).orElse(null);
    }

    static StateChange putMark(String mark) {
        return new StateChange.Put(STORE, MARK, Bytes.utf8(mark));
    }

    static List<Payload> payloads(StateTables states) {
        List<Payload> all = new ArrayList<>();
        states.rows(PAYLOADS).forEach((key, value) -> all.add(payload(new PayloadId(key), lines(value))));
        return all;
    }

    static List<Upload> uploads(StateTables states) {
        List<Upload> all = new ArrayList<>();
        states.rows(UPLOADS).forEach((key, value) -> all.add(upload(new PayloadId(key), lines(value))));
        return all;
    }

    static StateChange put(Payload payload) {
        StringBuilder text = about(payload.about());
        line(text, "size", Long.toString(payload.size()));
        line(text, "sha256", payload.sha256());
        line(text, "stored", payload.stored().toString());
        Instant referenced = payload.holds().referenced();
        if (referenced != null) {
            line(text, "referenced", referenced.toString());
        }
        payload.holds().streams().forEach((stream, ends) -> line(text, HELD + stream, ends(ends)));
        return new StateChange.Put(PAYLOADS, payload.id().value(), Bytes.utf8(text.toString()));
    }

    static StateChange put(Upload upload) {
        StringBuilder text = about(upload.about());
        line(text, "size", Long.toString(upload.size()));
        if (upload.sha256() != null) {
            line(text, "sha256", upload.sha256());
        }
        line(text, "offset", Long.toString(upload.offset()));
        line(text, "touched", upload.touched().toString());
        return new StateChange.Put(UPLOADS, upload.id().value(), Bytes.utf8(text.toString()));
    }

    static StateChange removePayload(PayloadId id) {
        return new StateChange.Remove(PAYLOADS, id.value());
    }

    static StateChange removeUpload(PayloadId id) {
        return new StateChange.Remove(UPLOADS, id.value());
    }

    private static StringBuilder about(About about) {
        StringBuilder text = new StringBuilder(256);
        line(text, "client", about.client().value());
        line(text, "type", about.type().value());
        line(text, "contentType", about.contentType());
        return text;
    }

    private static About about(Map<String, String> lines) {
        return new About(
                new ClientName(needed(lines, "client")),
                new EventType(needed(lines, "type")),
                needed(lines, "contentType"));
    }

    private static Payload payload(PayloadId id, Map<String, String> lines) {
        String referenced = lines.get("referenced");
        Map<StreamName, Map<Partition, Long>> streams = new TreeMap<>();
        lines.forEach((name, value) -> {
            if (name.startsWith(HELD)) {
                StreamName stream = new StreamName(name.substring(HELD.length()));
                streams.put(stream, ends(stream, value));
            }
        });
        return new Payload(
                id,
                about(lines),
                Long.parseLong(needed(lines, "size")),
                needed(lines, "sha256"),
                Instant.parse(needed(lines, "stored")),
                new Holds(referenced == null ? null : Instant.parse(referenced), streams));
    }

    private static Upload upload(PayloadId id, Map<String, String> lines) {
        return new Upload(
                id,
                about(lines),
                Long.parseLong(needed(lines, "size")),
                lines.get("sha256"),
                Long.parseLong(needed(lines, "offset")),
                Instant.parse(needed(lines, "touched")));
    }

    /// `0:17,1:4`: partition and end.
    private static String ends(Map<Partition, Long> ends) {
        List<String> words = new ArrayList<>();
        new TreeMap<>(ends).forEach((partition, end) -> words.add(partition.number() + ":" + end));
        return String.join(",", words);
    }

    private static Map<Partition, Long> ends(StreamName stream, String text) {
        Map<Partition, Long> ends = new HashMap<>();
        for (String word : text.split(",", -1)) {
            int colon = word.indexOf(':');
            if (colon > 0) {
                int number = Integer.parseInt(word, 0, colon, 10);
                ends.put(new Partition(stream, number), Long.parseLong(word, colon + 1, word.length(), 10));
            }
        }
        return ends;
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name).append('=').append(value).append('\n');
    }

    private static Map<String, String> lines(Bytes value) {
        Map<String, String> lines = new HashMap<>();
        value.toUtf8().lines().forEach(line -> {
            // The names of streams may have a '=' in them, what they end with has none.
            int at = line.startsWith(HELD) ? line.lastIndexOf('=') : line.indexOf('=');
            if (at > 0) {
                lines.put(line.substring(0, at), line.substring(at + 1));
            }
        });
        return lines;
    }

    private static String needed(Map<String, String> lines, String name) {
        return Objects.requireNonNull(lines.get(name), name);
    }
}
