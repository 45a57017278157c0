package dev.tidings.broker.catalog;

import dev.tidings.engine.RetentionRules;
import dev.tidings.model.DataSize;
import dev.tidings.model.DurationText;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads the `types` of a catalog.
final class TypeReader {
    private static final String SIZE = "a size such as 65536, 64KiB, 10MiB or 2GiB";
    private static final String NAME = "expected an event type: dot-separated segments of letters, digits, '_' and"
            + " '-', at most 255 characters, as Shop.Web.Order.Placed";
    private static final String QUEUE = "true, or the name of the group that alone consumes it: 1 to 100 letters,"
            + " digits, '.', '_' and '-', beginning with a letter or digit";
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final Problems problems;
    private final SchemaCheck schemas;

    TypeReader(Problems problems, SchemaCheck schemas) {
        this.problems = problems;
        this.schemas = schemas;
    }

    SortedMap<EventType, TypeEntry> read(Yaml node) {
        SortedMap<EventType, TypeEntry> types = new TreeMap<>();
        Fields.members(node, problems).forEach((name, value) -> {
            EventType type = EventType.parse(name).orElse(null);
            if (type == null) {
                problems.add(value.place(), NAME);
            } else {
                types.put(type, entry(type, value));
            }
        });
        return types;
    }

    private TypeEntry entry(EventType type, Yaml node) {
        Fields fields = Fields.of(
                node,
                problems,
                "description",
                "schema",
                "schema-file",
                "retention",
                "deduplication",
                "max-size",
                "delivery-rate",
                "delivery-concurrency",
                "queue",
                "dataref");
        return new TypeEntry(
                type,
                fields.text("description"),
                schema(fields),
                retention(fields.get("retention")),
                maxSize(fields),
                duration(fields, "deduplication", TypeEntry.DEFAULT_DEDUPLICATION),
                new DeliveryLimits(limit(fields, "delivery-rate"), limit(fields, "delivery-concurrency")),
                queue(fields.get("queue")),
                fields.flag("dataref"));
    }

    private @Nullable String queue(@Nullable Yaml node) {
        if (node == null) {
            return null;
        }
        if (node instanceof Yaml.Scalar(var _, var form, var text) && form == Yaml.Form.BOOLEAN) {
            return Boolean.parseBoolean(text) ? GroupName.DEFAULT : null;
        }
        String group = Fields.text(node, problems, QUEUE);
        if (group != null && GroupName.parse(Guest.NAME, group).isEmpty()) {
            problems.add(node.place(), "expected " + QUEUE + ", found '" + group + "'");
            return null;
        }
        return group;
    }

    private static @Nullable Integer limit(Fields fields, String key) {
        Long limit = fields.count(key, DeliveryLimits.MOST);
        return limit == null ? null : Math.toIntExact(limit);
    }

    private @Nullable String schema(Fields fields) {
        Yaml file = fields.get("schema-file");
        if (file != null) {
            problems.add(
                    file.place(),
                    "a schema file is not read here; put the schema itself under 'schema', or use"
                            + " './tidings apply', which does that");
        }
        Yaml schema = fields.get("schema");
        if (schema == null) {
            return null;
        }
        String json = SchemaJson.of(schema, problems);
        schemas.flaw(json).ifPresent(flaw -> problems.add(schema.place(), "this is no usable JSON Schema: " + flaw));
        return json;
    }

    private RetentionRules.Rule retention(@Nullable Yaml node) {
        if (node == null) {
            return RetentionRules.FIVE_DAYS;
        }
        Fields fields = Fields.of(node, problems, "age", "count", "size", "until-consumed");
        Duration age = duration(fields, "age", RetentionRules.FIVE_DAYS.age());
        if (age.isZero()) {
            problems.add(fields.place(), "age: expected more than 0s; events must be kept for a while");
        }
        return new RetentionRules.Rule(
                age,
                fields.count("count", Long.MAX_VALUE),
                fields.formed("size", SIZE, DataSize::parse),
                fields.flag("until-consumed"));
    }

    private @Nullable DataSize maxSize(Fields fields) {
        return fields.formed("max-size", SIZE, text -> DataSize.parse(text).filter(size -> size.bytes() > 0));
    }

    private Duration duration(Fields fields, String key, Duration otherwise) {
        Duration duration = fields.formed(
                key,
                DurationText.EXPECTED + ", at most " + DurationText.print(LONGEST),
                text -> Optional.of(text).flatMap(DurationText::parse).filter(d -> d.compareTo(LONGEST) <= 0));
        return duration == null ? otherwise : duration;
    }
}
