package dev.tidings.server.streams;

import dev.tidings.broker.streams.StreamQuery;
import dev.tidings.broker.streams.StreamStart;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.PercentCoding;
import dev.tidings.server.http.Query;
import dev.tidings.server.polling.OpeningQuery;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a request for the events of a stream asks for.
///
/// @param max  how many events at most
/// @param patience how long to wait for more; null: for ever
record StreamParameters(
        StreamQuery query, int max, @Nullable Duration patience) {
    private static final int MANY = 1_000_000_000;
    private static final Query.Range DAY = new Query.Range(0, 86_400);
    private static final List<String> KEPT = List.of("types", "filter", "max", "wait");

    /// Reads the parameters. What is wrong with them, the query tells afterwards.
    static StreamParameters read(Exchange exchange, Query query, StreamForm form, StreamingConfig config) {
        StreamQuery wanted = new StreamQuery(
                exchange.pathParameters().getFirst(),
                resumed(exchange, form, start(query)),
                OpeningQuery.types(query),
                query.text("filter"));
        return form.follows()
                ? new StreamParameters(wanted, (int) query.number("max", MANY, new Query.Range(1, MANY)), quiet(query))
                : new StreamParameters(
                        wanted,
                        (int) query.number("max", config.batch(), new Query.Range(1, config.largest())),
                        Duration.ofSeconds(query.number(
                                "wait", 0, new Query.Range(0, config.longest().toSeconds()))));
    }

    /// A reader that comes back goes on where it was, whatever its address says.
    private static StreamStart resumed(Exchange exchange, StreamForm form, StreamStart otherwise) {
        String last = form.follows() ? exchange.header("Last-Event-ID") : null;
        return last == null || last.isEmpty() ? otherwise : new StreamStart.After(last);
    }

    /// The address at which the same request goes on, relative to its own.
    static String onwards(Query query, String next) {
        StringBuilder address = new StringBuilder("?after=").append(next);
        for (String name : KEPT) {
            String value = query.text(name);
            if (value != null) {
                address.append('&').append(name).append('=').append(PercentCoding.encode(value));
            }
        }
        return address.toString();
    }

    private static @Nullable Duration quiet(Query query) {
        return query.text("wait") == null ? null : Duration.ofSeconds(query.number("wait", 0, DAY));
    }

    private static StreamStart start(Query query) {
        String after = query.text("after");
        String since = query.text("since");
        String from = query.text("from");
        if (Stream.of("after", "since", "from")
                        .filter(name -> query.text(name) != null)
                        .count()
                > 1) {
            query.complain(after == null ? "since" : "after", "the only one of after, since and from");
        }
        if (after != null) {
            return new StreamStart.After(after);
        }
        return since == null ? from(query, from) : since(query, since);
    }

    private static StreamStart from(Query query, @Nullable String from) {
        return switch (from) {
            case null -> new StreamStart.Earliest();
            case "earliest" -> new StreamStart.Earliest();
            case "latest" -> new StreamStart.Latest();
            default -> {
                query.complain("from", "earliest or latest");
                yield new StreamStart.Earliest();
            }
        };
    }

    private static StreamStart since(Query query, String since) {
        try {
            return new StreamStart.Since(OffsetDateTime.parse(since).toInstant());
        } catch (DateTimeException _) {
            query.complain("since", "an RFC 3339 time such as 2026-01-31T12:00:00Z");
            return new StreamStart.Earliest();
        }
    }
}
