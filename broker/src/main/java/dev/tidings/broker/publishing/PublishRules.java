package dev.tidings.broker.publishing;

import dev.tidings.broker.catalog.Catalog;
import dev.tidings.broker.catalog.ClientEntry;
import dev.tidings.broker.catalog.ClientEntry.ConsumerRole;
import dev.tidings.broker.catalog.ClientEntry.ProducerRole;
import dev.tidings.broker.lanes.LaneStreams;
import dev.tidings.engine.Batch;
import dev.tidings.model.Caller;
import dev.tidings.model.Event;
import dev.tidings.model.EventType;
import dev.tidings.model.Refusal;
import dev.tidings.model.StreamName;
import dev.tidings.model.Submission;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Who may publish what, by one version of the catalog. Pure: a submission in, a judgement out. The classes of
/// failure come in the order of the protocol: size, caller, attributes, types and sources, schemas. Where all is
/// well, each event is looked at once; only a refusal takes the trouble to find every reason.
public final class PublishRules {
    private final Catalog catalog;
    private final PublishConfig config;
    private final DataSchema.Compiler compiler;
    private final Map<String, SchemaSlot> schemas = new HashMap<>();
    private final Map<EventType, TypeRule> types;

    private PublishRules(
            Catalog catalog, PublishConfig config, DataSchema.Compiler compiler, Map<String, SchemaSlot> known) {
        this.catalog = catalog;
        this.config = config;
        this.compiler = compiler;
        types = HashMap.newHashMap(catalog.types().size());
        catalog.types().forEach((type, entry) -> {
            String text = entry.schema();
            SchemaSlot schema = text == null
                    ? null
                    : schemas.computeIfAbsent(text, _ -> known.getOrDefault(text, new SchemaSlot(text, compiler)));
            types.put(type, TypeRule.of(entry, config.event().bytes(), schema));
        });
    }

    public static PublishRules of(Catalog catalog, PublishConfig config, DataSchema.Compiler compiler) {
        return new PublishRules(catalog, config, compiler, Map.of());
    }

    /// The rules of another catalog. A schema whose text did not change is not compiled again.
    PublishRules withCatalog(Catalog other) {
        return new PublishRules(other, config, compiler, schemas);
    }

    Catalog catalog() {
        return catalog;
    }

    /// Judges events that are to be stored in the streams of their types.
    public Judgement judge(Caller caller, Submission submission) {
        ClientEntry client = catalog.client(caller.client());
        ProducerRole role = client == null ? null : client.produces();
        Judgement admitted = role == null || !submission.flaws().isEmpty() ? null : admit(role, submission.events());
        return admitted == null ? new Judgement.Refused(Reasons.of(types, caller, client, submission)) : admitted;
    }

    private @Nullable Judgement admit(ProducerRole role, List<Event> events) {
        Batch.Entry[] entries = new Batch.Entry[events.size()];
        @Nullable SchemaSlot[] slots = null;
        for (int i = 0; i < entries.length; i++) {
            Event event = events.get(i);
            TypeRule rule = types.get(event.type());
            if (rule == null
                    || !rule.fits(event)
                    || !role.types().contains(event.type())
                    || !role.sources().allow(event.source())) {
                return null;
            }
            entries[i] = rule.entry(event);
            SchemaSlot schema = rule.schemaFor(event);
            if (schema != null) {
                slots = slots == null ? new @Nullable SchemaSlot[entries.length] : slots;
                slots[i] = schema;
            }
        }
        return admitted(List.of(entries), slots);
    }

    private static Judgement admitted(List<Batch.Entry> entries, @Nullable SchemaSlot @Nullable [] slots) {
        return slots == null
                ? new Judgement.Admitted(entries)
                : new Judgement.Unvalidated(new Validation(entries, slots));
    }

    /// Judges one event that is to be stored in the caller's test lane.
    Judgement judgeTest(Caller caller, Submission submission) {
        ClientEntry client = catalog.client(caller.client());
        ConsumerRole role = client == null ? null : client.consumes();
        Refusal refusal = Reasons.ofTest(types, caller, role, submission);
        if (refusal != null) {
            return new Judgement.Refused(refusal);
        }
        Event event = submission.events().getFirst();
        StreamName lane = LaneStreams.test(caller.client());
        TypeRule rule = types.get(event.type());
        SchemaSlot schema = rule == null ? null : rule.schemaFor(event);
        return admitted(
                List.of(new Batch.Entry(lane, event, Duration.ZERO)),
                schema == null ? null : new @Nullable SchemaSlot[] {schema});
    }

    /// Judges one event that is to be stored once more, whoever produced it.
    Judgement judgeAgain(Event event) {
        Refusal refusal = Reasons.ofAgain(types, event);
        TypeRule rule = types.get(event.type());
        if (refusal != null || rule == null) {
            return new Judgement.Refused(Objects.requireNonNull(refusal));
        }
        SchemaSlot schema = rule.schemaFor(event);
        return admitted(List.of(rule.entry(event)), schema == null ? null : new @Nullable SchemaSlot[] {schema});
    }
}
