package dev.tidings.server.dead;

import dev.tidings.broker.dead.DeadFilter;
import dev.tidings.broker.dead.DeadId;
import dev.tidings.broker.dead.DeadReason;
import dev.tidings.broker.dead.Resubmission.Content;
import dev.tidings.broker.dead.Resubmission.Target;
import dev.tidings.model.ClientName;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.EventType;
import dev.tidings.model.Refusal;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.Query;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The parameters of requests about dead events. What is wrong with them, the query tells afterwards.
final class DeadQuery {
    private static final Query.Range PAGE = new Query.Range(1, 100);
    private static final int LISTED = 50;
    private static final int SETTLED = 100;
    private static final String TIME = "an RFC 3339 time such as 2026-01-31T12:00:00Z";

    private final Query query;

    DeadQuery(Exchange exchange) {
        query = exchange.query();
    }

    DeadFilter filter() {
        return new DeadFilter(
                parsed("client", ClientName::parse, "the name of a client"),
                query.text("group"),
                parsed("type", EventType::parse, "an event type"),
                parsed("reason", DeadReason::parse, "reported, maxDeliveries or undeliverable"),
                parsed("from", DeadQuery::time, TIME),
                parsed("until", DeadQuery::time, TIME));
    }

    /// The filter of a request that changes what it means: everything is meant only with `all=true`.
    DeadFilter deliberateFilter() {
        DeadFilter filter = filter();
        boolean all = query.flag("all", false);
        if (!all && filter.equals(DeadFilter.ALL)) {
            query.complain("all", "true where no client, group, type, reason, from or until is given");
        }
        return filter;
    }

    /// Where to go on.
    @Nullable
    DeadId after() {
        return parsed("after", DeadId::parse, "the 'next' of an earlier answer");
    }

    /// How many to list.
    int listed() {
        return (int) query.number("limit", LISTED, PAGE);
    }

    /// How many to settle.
    int settled() {
        return (int) query.number("limit", SETTLED, PAGE);
    }

    Target target() {
        return switch (query.text("to")) {
            case null -> Target.GROUP;
            case "group" -> Target.GROUP;
            case "stream" -> Target.STREAM;
            default -> {
                query.complain("to", "group or stream");
                yield Target.GROUP;
            }
        };
    }

    Content content() {
        return switch (query.text("as")) {
            case null -> new Content.Original();
            case "original" -> new Content.Original();
            case "reported" -> new Content.Reported();
            default -> {
                query.complain("as", "original or reported");
                yield new Content.Original();
            }
        };
    }

    /// What is wrong with what was read; null where nothing is.
    @Nullable
    Refusal refusal() {
        return query.refusal();
    }

    /// Which dead event the path names; where it names none, the exchange is refused.
    static Optional<DeadId> id(Exchange exchange) {
        String text = exchange.pathParameters().getFirst();
        Optional<DeadId> id = DeadId.parse(text);
        if (id.isEmpty()) {
            exchange.refuse(notFound(text));
        }
        return id;
    }

    static Refusal notFound(String id) {
        return Refusal.of(
                ErrorCode.NOT_FOUND,
                "there is no dead event '" + id + "': it never was, it was settled, or it was removed for its age;"
                        + " the list of dead events tells which there are");
    }

    private <T> @Nullable T parsed(String name, Function<String, Optional<T>> parse, String expected) {
        String text = query.text(name);
        Optional<T> value = text == null ? Optional.empty() : parse.apply(text);
        if (text != null && value.isEmpty()) {
            query.complain(name, expected);
        }
        return value.orElse(null);
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
