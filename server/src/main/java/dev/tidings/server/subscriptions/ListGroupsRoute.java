package dev.tidings.server.subscriptions;

import dev.tidings.broker.consuming.GroupStatus;
import dev.tidings.model.Bytes;
import dev.tidings.server.http.Answer;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.JsonObject;
import dev.tidings.server.http.Route;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// Tells which groups the caller has, or the client that an administrator names, and how they do.
record ListGroupsRoute(SubscriptionParts parts, GroupOwners owners) implements Route {
    @Override
    public void handle(Exchange exchange) {
        owners.of(exchange)
                .ifPresent(
                        client -> exchange.answerWhen(parts.groups().of(client), all -> Answer.json(200, json(all))));
    }

    private static Bytes json(List<GroupStatus> groups) {
        return JsonObject.of(json -> {
            json.writeArrayPropertyStart("groups");
            groups.forEach(group -> write(json, group));
            json.writeEndArray();
        });
    }

    private static void write(JsonGenerator json, GroupStatus group) {
        json.writeStartObject();
        json.writeStringProperty("name", group.group().name());
        json.writeNumberProperty("backlog", group.lagEvents());
        json.writeNumberProperty("oldestSeconds", group.lag().toSeconds());
        json.writeNumberProperty("instances", group.instances());
        json.writeNumberProperty("inFlight", group.inFlight());
        json.writeNumberProperty("waiting", group.waiting());
        String blocked = group.blocked();
        if (blocked != null) {
            json.writeStringProperty("blocked", blocked);
        }
        String filter = group.filtered().filter();
        if (filter != null) {
            json.writeName("filter");
            json.writeRawValue(filter);
            json.writeNumberProperty("filteredOut", group.filtered().out());
            json.writeNumberProperty("filterFailures", group.filtered().failures());
        }
        json.writeEndObject();
    }
}
