package dev.tidings.broker.subscriptions;

import dev.tidings.broker.consuming.Opening.Start;
import dev.tidings.broker.dead.ErrorsOf;
import dev.tidings.broker.subscriptions.Subscription.Handling;
import dev.tidings.broker.subscriptions.Subscription.Interest;
import dev.tidings.broker.subscriptions.Subscription.Order;
import dev.tidings.model.Bytes;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.EventType;
import dev.tidings.model.Excerpt;
import dev.tidings.model.Refusal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads what a client wants a subscription to be: a subscription object of the CloudEvents Subscriptions API (3.2.1).
final class DraftReader {
    static final int LONGEST = 128 * 1024;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();
    /// Those of the second line are told by the broker, and passed over: what was read may be sent back.
    private static final List<String> KNOWN = List.of(
            "source",
            "types",
            "filters",
            "sink",
            "sinkcredential",
            "protocol",
            "protocolsettings",
            "config",
            "id",
            "version",
            "status",
            "created",
            "changed",
            "signingsecret");
    private static final List<String> CONFIG =
            List.of("from", "paused", "order", "maxRate", "concurrency", "retries", "errorsOf");
    private static final List<String> RETRIES = List.of("first", "longest", "giveUp");
    private static final int MOST_TYPES = 1_000;
    private static final int LONGEST_SOURCE = 1_024;
    private static final int MOST_RATE = 100_000;
    private static final int MOST_CONCURRENCY = 1_000;
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);
    private static final Duration GIVE_UP = Duration.ofDays(30);

    private final Complaints complaints = new Complaints();
    private final @Nullable Subscription before;

    /// A draft, or why there is none.
    sealed interface Read {
        record Drafted(Draft draft) implements Read {}

        record Refused(Refusal refusal) implements Read {}
    }

    private DraftReader(@Nullable Subscription before) {
        this.before = before;
    }

    /// @param before the subscription it is to take the place of; null: none
    static Read read(Bytes body, @Nullable Subscription before) {
        if (body.length() > LONGEST) {
            return new Read.Refused(Refusal.of(
                    ErrorCode.REQUEST_TOO_LARGE,
                    "a subscription has at most " + LONGEST + " bytes, found " + body.length()));
        }
        JsonNode root;
        try {
            root = JSON.readTree(body.toArray());
        } catch (JacksonException e) {
            return new Read.Refused(
                    Refusal.of(ErrorCode.MALFORMED_REQUEST, "the body is no JSON, or has a member twice: " + place(e)));
        }
        return new DraftReader(before).read(root);
    }

    private static String place(JacksonException e) {
        return "at line %d, column %d"
                .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
    }

    private Read read(@Nullable JsonNode root) {
        if (root == null || !root.isObject()) {
            return new Read.Refused(Refusal.of(
                    ErrorCode.MALFORMED_REQUEST,
                    "expected a subscription, a JSON object such as {\"sink\": \"https://shop.example.org/events\","
                            + " \"protocol\": \"HTTP\"}"));
        }
        Members members = Members.of(root, "", complaints, KNOWN);
        Sink sink = new SinkReader(complaints, before == null ? null : before.sink()).read(members);
        Members config = Members.of(members.get("config"), members.at("config"), complaints, CONFIG);
        Interest interest = new Interest(source(members), types(members), filters(members), errorsOf(config));
        judge(interest, config);
        Start start = start(config);
        Boolean paused = config.has("paused") ? config.flag("paused") : null;
        Handling handling = handling(config);
        Refusal refusal = complaints.refusal();
        if (refusal != null || sink == null) {
            return new Read.Refused(
                    refusal == null ? Refusal.of(ErrorCode.MALFORMED_REQUEST, "there is no sink") : refusal);
        }
        return new Read.Drafted(new Draft(interest, sink, handling, start, paused));
    }

    private static @Nullable String source(Members members) {
        String source = members.text("source", LONGEST_SOURCE);
        if (source == null) {
            return null;
        }
        try {
            var _ = new URI(source);
        } catch (URISyntaxException _) {
            members.complain("source", "expected a URI reference, found '" + Excerpt.of(source) + "'");
        }
        return source;
    }

    private @Nullable Set<EventType> types(Members members) {
        List<String> names = members.texts("types", MOST_TYPES);
        if (names == null) {
            return null;
        }
        Set<EventType> types = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            var type = EventType.parse(names.get(i));
            if (type.isPresent()) {
                types.add(type.get());
            } else {
                complaints.add(
                        members.at("types") + "/" + i,
                        "expected an event type, found '" + Excerpt.of(names.get(i)) + "'");
            }
        }
        if (names.isEmpty()) {
            members.complain("types", "expected at least one type; leave it away for all that you may consume");
        }
        return types;
    }

    private static @Nullable String filters(Members members) {
        JsonNode node = members.get("filters");
        if (node == null || node.isArray() && node.isEmpty()) {
            return null;
        }
        if (!node.isArray()) {
            members.complain("filters", "expected an array of filter expressions");
            return null;
        }
        return JSON.writeValueAsString(node);
    }

    private @Nullable Set<String> errorsOf(Members config) {
        List<String> names = config.texts("errorsOf", ErrorsOf.MOST);
        if (names == null) {
            return null;
        }
        if (names.isEmpty() || !names.stream().allMatch(ErrorsOf::isName)) {
            config.complain("errorsOf", "expected names of groups, or [\"" + ErrorsOf.ALL + "\"] for all");
        }
        return Set.copyOf(names);
    }

    private void judge(Interest interest, Members config) {
        if (interest.errorsOf() != null && (interest.source() != null || interest.filters() != null)) {
            config.complain(
                    "errorsOf",
                    "expected neither source nor filters beside it: an error handler gets all that is dead");
        }
        if (before != null && !Objects.equals(before.interest().errorsOf(), interest.errorsOf())) {
            config.complain("errorsOf", "expected no change of it; create another subscription instead");
        }
    }

    private @Nullable Start start(Members config) {
        String from = config.text("from", 50);
        if (from != null && before != null) {
            config.complain("from", "expected nothing: a subscription that exists goes on where it is");
            return null;
        }
        return switch (from) {
            case null -> null;
            case "earliest" -> new Start.Earliest();
            case "latest" -> new Start.Latest();
            default -> at(config, from);
        };
    }

    private static @Nullable Start at(Members config, String from) {
        try {
            return new Start.At(OffsetDateTime.parse(from).toInstant());
        } catch (DateTimeException _) {
            config.complain(
                    "from",
                    "expected earliest, latest or an RFC 3339 time such as 2026-01-31T12:00:00Z, found '"
                            + Excerpt.of(from) + "'");
            return null;
        }
    }

    private Handling handling(Members config) {
        Order order = config.word("order", "perKey", "none").equals("none") ? Order.NONE : Order.PER_KEY;
        Members retries = Members.of(config.get("retries"), config.at("retries"), complaints, RETRIES);
        Duration first = retries.duration("first", Retries.SHORTEST, LONGEST_WAIT);
        Duration longest = retries.duration("longest", Retries.SHORTEST, LONGEST_WAIT);
        if (first != null && longest != null && first.compareTo(longest) > 0) {
            retries.complain("first", "expected a wait no longer than the longest");
        }
        return new Handling(
                order,
                config.number("maxRate", 1, MOST_RATE),
                config.number("concurrency", 1, MOST_CONCURRENCY),
                new Retries(first, longest, retries.duration("giveUp", Duration.ZERO, GIVE_UP)));
    }
}
