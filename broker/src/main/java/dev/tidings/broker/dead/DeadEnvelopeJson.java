package dev.tidings.broker.dead;

import dev.tidings.broker.dead.DeadEnvelope.DeadReport;
import dev.tidings.broker.dead.DeadEnvelope.Identity;
import dev.tidings.broker.dead.DeadEnvelope.Original;
import dev.tidings.engine.Partition;
import dev.tidings.model.Bytes;
import dev.tidings.model.ClientName;
import dev.tidings.model.EventType;
import dev.tidings.model.Excerpt;
import dev.tidings.model.GroupName;
import dev.tidings.model.StreamName;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// The envelope as JSON, part of the storage format:
/// `{"v":1,"type":…,"client":…,"group":…,"instance":…,"reason":…,"attempts":…,"at":…,"detail":…,"stream":…,"partition":…,
/// "position":…,"accepted":…,"timed":…,"reported":{…},"original":{…}}`. The two events are kept byte for byte. They
/// passed the broker's own limits once; so there are none here, lest an event could die and never be read again.
final class DeadEnvelopeJson {
    private static final int VERSION = 1;
    private static final StreamReadConstraints NO_LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(Integer.MAX_VALUE)
            .maxNumberLength(Integer.MAX_VALUE)
            .maxStringLength(Integer.MAX_VALUE)
            .maxNameLength(Integer.MAX_VALUE)
            .build();
    static final JsonFactory JSON =
            JsonFactory.builder().streamReadConstraints(NO_LIMITS).build();

    private DeadEnvelopeJson() {}

    static Bytes write(DeadEnvelope envelope) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            writeHeader(json, envelope);
        }
        byte[] header = out.toByteArray();
        out.reset();
        out.write(header, 0, header.length - 1);
        writeEvent(out, "reported", envelope.reported());
        writeEvent(
                out,
                "original",
                envelope.original() == null ? null : envelope.original().json());
        out.write('}');
        return Bytes.of(out.toByteArray());
    }

    private static void writeHeader(JsonGenerator json, DeadEnvelope envelope) {
        DeadReport report = envelope.report();
        json.writeStartObject();
        json.writeNumberProperty("v", VERSION);
        json.writeStringProperty("type", envelope.type().value());
        json.writeStringProperty("client", report.group().client().value());
        json.writeStringProperty("group", report.group().name());
        json.writeStringProperty("instance", report.instance());
        json.writeStringProperty("reason", report.reason().toString());
        json.writeNumberProperty("attempts", report.attempts());
        json.writeStringProperty("at", report.at().toString());
        if (report.detail() != null) {
            json.writeStringProperty("detail", report.detail());
        }
        Original original = envelope.original();
        if (original != null) {
            json.writeStringProperty("stream", original.partition().stream().value());
            json.writeNumberProperty("partition", original.partition().number());
            json.writeNumberProperty("position", original.position());
            json.writeNumberProperty("accepted", original.acceptedMillis());
            json.writeBooleanProperty("timed", original.timed());
        }
        json.writeEndObject();
    }

    private static void writeEvent(ByteArrayOutputStream out, String name, @Nullable Bytes event) {
        if (event != null) {
            out.writeBytes((",\"" + name + "\":").getBytes(StandardCharsets.US_ASCII));
            out.write(event.array(), event.offset(), event.length());
        }
    }

    static DeadEnvelope read(Bytes json) {
        Fields fields = new Fields();
        try (JsonParser parser =
                JSON.createParser(ObjectReadContext.empty(), json.array(), json.offset(), json.length())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("a dead event's envelope is a JSON object");
            }
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                parser.nextToken();
                fields.take(name, parser, json);
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException("a dead event's envelope is not JSON", e);
        }
        return fields.envelope();
    }

    /// What an event says of itself; nothing where it is not a JSON object.
    static Identity identity(Bytes event) {
        String source = null;
        String id = null;
        try (JsonParser parser = parser(event)) {
            parser.nextToken();
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                boolean string = parser.nextToken() == JsonToken.VALUE_STRING;
                if (string && name.equals("source")) {
                    source = parser.getString();
                } else if (string && name.equals("id")) {
                    id = parser.getString();
                } else {
                    parser.skipChildren();
                }
            }
        } catch (JacksonException _) {
            return new Identity(null, null);
        }
        return new Identity(source, id);
    }

    /// The `dataref` of an event, which what stands for it in the lane refers to as well; null where it has none.
    static @Nullable String dataRef(Bytes event) {
        try (JsonParser parser = parser(event)) {
            parser.nextToken();
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                boolean string = parser.nextToken() == JsonToken.VALUE_STRING;
                if (string && name.equals("dataref")) {
                    return parser.getString();
                }
                parser.skipChildren();
            }
        } catch (JacksonException _) {
            return null;
        }
        return null;
    }

    private static JsonParser parser(Bytes json) {
        return JSON.createParser(ObjectReadContext.empty(), json.array(), json.offset(), json.length());
    }

    /// What was read so far. Names of a later version are passed over.
    private static final class Fields {
        private String type = "";
        private String client = "";
        private String group = "";
        private String instance = "";
        private String reason = "";
        private int attempts;
        private String at = "";
        private @Nullable String detail;
        private @Nullable String stream;
        private int partition;
        private long position;
        private long accepted;
        private boolean timed;
        private @Nullable Bytes reported;
        private @Nullable Bytes original;

        void take(String name, JsonParser parser, Bytes json) {
            switch (name) {
                case "type" -> type = parser.getString();
                case "client" -> client = parser.getString();
                case "group" -> group = parser.getString();
                case "instance" -> instance = parser.getString();
                case "reason" -> reason = parser.getString();
                case "attempts" -> attempts = parser.getIntValue();
                case "at" -> at = parser.getString();
                case "detail" -> detail = parser.getString();
                case "stream" -> stream = parser.getString();
                case "partition" -> partition = parser.getIntValue();
                case "position" -> position = parser.getLongValue();
                case "accepted" -> accepted = parser.getLongValue();
                case "timed" -> timed = parser.getBooleanValue();
                case "reported" -> reported = cut(parser, json);
                case "original" -> original = cut(parser, json);
                default -> parser.skipChildren();
            }
        }

        private static Bytes cut(JsonParser parser, Bytes json) {
            int from = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
            parser.skipChildren();
            int to = Math.toIntExact(parser.currentLocation().getByteOffset());
            return json.slice(from, to);
        }

        DeadEnvelope envelope() {
            DeadReport report = new DeadReport(
                    new GroupName(new ClientName(client), group),
                    instance,
                    DeadReason.parse(reason)
                            .orElseThrow(() -> new IllegalArgumentException("no reason: " + Excerpt.of(reason))),
                    attempts,
                    time(),
                    detail);
            return new DeadEnvelope(new EventType(type), report, reported, originalEvent());
        }

        private Instant time() {
            try {
                return Instant.parse(at);
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException("no time: " + Excerpt.of(at), e);
            }
        }

        private @Nullable Original originalEvent() {
            if (original == null || stream == null) {
                return null;
            }
            Partition from = new Partition(new StreamName(stream), partition);
            return new Original(from, position, accepted, timed, original);
        }
    }
}
