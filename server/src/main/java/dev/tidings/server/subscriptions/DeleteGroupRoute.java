package dev.tidings.server.subscriptions;

import dev.tidings.model.ClientName;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.GroupName;
import dev.tidings.model.Refusal;
import dev.tidings.server.http.Answer;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.Route;

/// Deletes a group that has no instances.
record DeleteGroupRoute(SubscriptionParts parts, GroupOwners owners) implements Route {
    @Override
    public void handle(Exchange exchange) {
        owners.of(exchange).ifPresent(client -> delete(exchange, client));
    }

    private void delete(Exchange exchange, ClientName client) {
        GroupName.parse(client, exchange.pathParameters().getFirst())
                .ifPresentOrElse(
                        group -> delete(exchange, group),
                        () -> exchange.refuse(Refusal.of(
                                ErrorCode.NOT_FOUND, "there is no such group; GET /ce/groups tells which there are")));
    }

    private void delete(Exchange exchange, GroupName group) {
        exchange.go(
                parts.groups().deleteUnused(group),
                refused -> refused.ifPresentOrElse(exchange::refuse, () -> exchange.answer(Answer.NO_CONTENT)));
    }
}
