package dev.tidings.server.subscriptions;

import dev.tidings.broker.catalog.Catalogs;
import dev.tidings.broker.catalog.ClientEntry;
import dev.tidings.model.ClientName;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.Query;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whose groups a request is about: the caller's own, or those of the `client` that an administrator names, which the
/// catalog need not name any more.
record GroupOwners(SubscriptionParts parts, Catalogs catalogs) {
    /// Empty where the exchange is refused.
    Optional<ClientName> of(Exchange exchange) {
        Query query = exchange.query();
        String named = query.text("client");
        ClientName caller = exchange.caller().client();
        ClientName client = named == null ? caller : ClientName.parse(named).orElse(caller);
        if (named != null && !client.value().equals(named)) {
            query.complain("client", "the name of a client");
        }
        Refusal refusal = query.refusal();
        refusal = refusal == null ? objection(caller, client) : refusal;
        if (refusal != null) {
            exchange.refuse(refusal);
        }
        return refusal == null ? Optional.of(client) : Optional.empty();
    }

    private @Nullable Refusal objection(ClientName caller, ClientName client) {
        if (client.equals(caller)) {
            return parts.store().objection(caller);
        }
        ClientEntry entry = catalogs.current().client(caller);
        return entry != null && entry.admin()
                ? null
                : Refusal.of(
                        ErrorCode.NOT_ALLOWED,
                        "the groups of other clients are for administrators; the catalog says who is one, by"
                                + " 'admin: true'");
    }
}
