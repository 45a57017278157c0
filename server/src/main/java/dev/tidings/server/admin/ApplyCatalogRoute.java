package dev.tidings.server.admin;

import dev.tidings.broker.catalog.Applied;
import dev.tidings.broker.catalog.CatalogStore;
import dev.tidings.broker.catalog.Proposal;
import dev.tidings.model.Bytes;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import dev.tidings.server.http.Answer;
import dev.tidings.server.http.Answer.Header;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.Query;
import dev.tidings.server.http.Route;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Puts the catalog in the body in force, or, with `dry-run=true`, tells what that would change. `If-Match: "3"` lets
/// it happen only while version 3 is in force.
final class ApplyCatalogRoute implements Route {
    private static final Pattern VERSION = Pattern.compile("\"?(\\d{1,18})\"?");

    private final CatalogStore store;

    ApplyCatalogRoute(CatalogStore store) {
        this.store = store;
    }

    @Override
    public void handle(Exchange exchange) {
        Query query = exchange.query();
        boolean dryRun = query.flag("dry-run", false);
        Refusal wrongQuery = query.refusal();
        String text = utf8(exchange.body());
        String match = exchange.header(HttpHeaders.IF_MATCH);
        Matcher version = VERSION.matcher(match == null ? "" : match.strip());
        boolean expects = match != null && !match.strip().equals("*");
        if (wrongQuery != null) {
            exchange.refuse(wrongQuery);
        } else if (text == null) {
            refuse(exchange, "the body is not UTF-8; send the catalog as UTF-8 text");
        } else if (expects && !version.matches()) {
            refuse(exchange, "expected If-Match with one version, as \"3\"; found " + match);
        } else {
            String by = exchange.caller().client().value();
            Proposal proposal = new Proposal(text, by, expects ? Long.valueOf(version.group(1)) : null);
            exchange.go(
                    dryRun ? store.rehearse(proposal) : store.apply(proposal), applied -> answer(exchange, applied));
        }
    }

    private static void answer(Exchange exchange, Applied applied) {
        switch (applied) {
            case Applied.Changed(var version, var changes, var warnings) ->
                exchange.answer(answer(version, CatalogJson.applied(version, changes, warnings)));
            case Applied.Unchanged(var version, var warnings) ->
                exchange.answer(answer(version, CatalogJson.applied(version, List.of(), warnings)));
            case Applied.Invalid invalid -> exchange.refuse(invalid.refusal());
            case Applied.Conflict conflict -> exchange.refuse(conflict.refusal());
        }
    }

    private static Answer answer(long version, Bytes json) {
        return Answer.json(200, json).with(new Header(HttpHeaders.ETAG, "\"" + version + "\""));
    }

    private static void refuse(Exchange exchange, String detail) {
        exchange.refuse(Refusal.of(ErrorCode.MALFORMED_REQUEST, detail));
    }

    private static @Nullable String utf8(Bytes body) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(body.toBuffer()).toString();
        } catch (CharacterCodingException _) {
            return null;
        }
    }
}
