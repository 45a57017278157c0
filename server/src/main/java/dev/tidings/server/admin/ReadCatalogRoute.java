package dev.tidings.server.admin;

import dev.tidings.broker.catalog.CatalogStore;
import dev.tidings.model.Bytes;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import dev.tidings.server.http.Answer;
import dev.tidings.server.http.Answer.Header;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.Query;
import dev.tidings.server.http.Route;
import io.vertx.core.http.HttpHeaders;
import java.util.Optional;

/// Answers with the text of the catalog in force, or of the `version` asked for, as it was applied. Its `ETag` is the
/// version.
final class ReadCatalogRoute implements Route {
    private static final String YAML = "application/yaml";
    private static final String NEVER_APPLIED = "types: {}\nclients: {}\n";

    private final CatalogStore store;

    ReadCatalogRoute(CatalogStore store) {
        this.store = store;
    }

    @Override
    public void handle(Exchange exchange) {
        Query query = exchange.query();
        long version = query.number("version", store.current().version(), new Query.Range(0, Long.MAX_VALUE));
        Refusal refusal = query.refusal();
        if (refusal != null) {
            exchange.refuse(refusal);
        } else if (version == 0) {
            answer(exchange, version, Optional.of(NEVER_APPLIED));
        } else {
            exchange.go(store.text(version), text -> answer(exchange, version, text));
        }
    }

    private static void answer(Exchange exchange, long version, Optional<String> text) {
        text.ifPresentOrElse(
                found -> exchange.answer(Answer.of(200, YAML, Bytes.utf8(found))
                        .with(new Header(HttpHeaders.ETAG, "\"" + version + "\""))),
                () -> exchange.refuse(Refusal.of(
                        ErrorCode.NOT_FOUND,
                        "the text of version " + version + " of the catalog is not kept; GET /admin/catalog/history"
                                + " tells the versions")));
    }
}
