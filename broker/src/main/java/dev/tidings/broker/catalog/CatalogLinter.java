package dev.tidings.broker.catalog;

import dev.tidings.model.DurationText;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;
import dev.tidings.model.naming.TypeNaming;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Tells what in a valid catalog its author may not have meant. Pure.
public final class CatalogLinter {
    private final List<CatalogWarning> warnings = new ArrayList<>();

    private CatalogLinter() {}

    public static List<CatalogWarning> lint(Catalog catalog) {
        CatalogLinter linter = new CatalogLinter();
        catalog.types().values().forEach(linter::lint);
        catalog.clients().values().forEach(linter::lint);
        linter.lintQueues(catalog);
        return List.copyOf(linter.warnings);
    }

    private void lint(TypeEntry entry) {
        String path = "types." + entry.type();
        TypeNaming.advice(entry.type()).forEach(advice -> warn(path, advice));
        String schema = entry.schema();
        if (schema != null) {
            SchemaAdvice.of(schema).forEach(advice -> warn(path, advice));
        }
        if (entry.retention().age().compareTo(entry.deduplication()) < 0) {
            warn(
                    path,
                    "events are kept for "
                            + DurationText.print(entry.retention().age()) + " and duplicates told for "
                            + DurationText.print(entry.deduplication())
                            + "; a duplicate can be told only while the first is kept: raise retention.age or lower"
                            + " deduplication");
        }
    }

    private void lintQueues(Catalog catalog) {
        Map<EventType, GroupName> groups = Queues.groups(catalog);
        catalog.types().forEach((type, entry) -> {
            if (entry.queue() != null && !groups.containsKey(type)) {
                warn(
                        "types." + type,
                        "it is a queue that no client consumes, so its events are kept for ever; grant it to a client"
                                + " under 'consumes'");
            }
        });
    }

    private void lint(ClientEntry entry) {
        String path = "clients." + entry.name();
        if (entry.credentials().isEmpty()) {
            warn(path, "it has no credentials, so nobody can prove to be it; add one");
        }
        ClientEntry.ProducerRole produces = entry.produces();
        ClientEntry.ConsumerRole consumes = entry.consumes();
        if (produces == null && consumes == null && !entry.admin()) {
            warn(path, "it may do nothing; grant it something under 'produces' or 'consumes', or remove it");
        }
        if (produces != null && produces.types().isEmpty()) {
            warn(path + ".produces", "it names no types; list them under 'types', or remove 'produces'");
        }
        if (produces != null
                && produces.sources() instanceof ClientEntry.Sources.Listed(var sources)
                && sources.isEmpty()) {
            warn(path + ".produces", "it names no sources, so every event is refused; list them under 'sources'");
        }
        if (consumes != null && consumes.types().isEmpty()) {
            warn(path + ".consumes", "it names no types; list them under 'types', or remove 'consumes'");
        }
    }

    private void warn(String path, String advice) {
        warnings.add(new CatalogWarning(path, advice));
    }
}
