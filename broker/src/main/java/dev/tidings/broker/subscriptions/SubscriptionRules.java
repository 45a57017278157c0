package dev.tidings.broker.subscriptions;

import dev.tidings.broker.catalog.ClientEntry;
import dev.tidings.broker.subscriptions.Sink.Handshake;
import dev.tidings.broker.subscriptions.Subscription.Interest;
import dev.tidings.filter.Compilation;
import dev.tidings.filter.Filters;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.EventType;
import dev.tidings.model.Excerpt;
import dev.tidings.model.Flaw;
import dev.tidings.model.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Judges what subscriptions a client may have.
///
/// @param client what the catalog says of the caller; null: nothing
record SubscriptionRules(
        SubscriptionConfig config,
        SinkGuard guard,
        @Nullable ClientEntry client) {
    private static final Duration LATER = Duration.ofSeconds(60);

    /// Why the caller has nothing to do with subscriptions; null where it may have some.
    @Nullable
    Refusal ofCaller() {
        return client == null || client.consumes() == null
                ? Refusal.of(
                        ErrorCode.NOT_ALLOWED, "the caller is no consumer; the catalog has to name it with 'consumes'")
                : null;
    }

    /// Why there can't be one more than these; null where there can.
    @Nullable
    Refusal ofCount(int existing) {
        Integer quota = client == null ? null : client.quotas().subscriptions();
        int most = quota == null ? config.most() : quota;
        return existing < most
                ? null
                : Refusal.retryable(
                        ErrorCode.OVER_QUOTA,
                        "the client has %d subscriptions, its quota: delete one".formatted(most),
                        LATER);
    }

    /// Why a subscription can't be like this; null where it can.
    @Nullable
    Refusal ofDraft(Draft draft) {
        Refusal refusal = ofTypes(draft.interest().types());
        if (refusal == null) {
            refusal = ofFilter(draft.interest());
        }
        return refusal == null ? ofSink(draft.sink()) : refusal;
    }

    /// Why another version is not changed; null where it is the one.
    static @Nullable Refusal ofVersion(Subscription subscription, @Nullable Long expected) {
        return expected == null || expected == subscription.version()
                ? null
                : Refusal.of(
                        ErrorCode.VERSION_CONFLICT,
                        "the subscription has version %d, not %d; read it again, and change that"
                                .formatted(subscription.version(), expected));
    }

    static Refusal notFound(String id) {
        return Refusal.of(
                ErrorCode.NOT_FOUND,
                "you have no subscription '" + Excerpt.of(id) + "'; GET /ce/subscriptions tells which you have");
    }

    private @Nullable Refusal ofTypes(@Nullable Set<EventType> types) {
        if (types == null || client == null || client.consumes() == null) {
            return null;
        }
        Set<EventType> foreign = new TreeSet<>(types);
        foreign.removeAll(client.consumes().types().keySet());
        if (!foreign.isEmpty()) {
            return Refusal.of(ErrorCode.NOT_ALLOWED, "the caller may not consume " + listed(foreign));
        }
        Set<EventType> queues = new TreeSet<>(types);
        queues.retainAll(client.consumes().queues().keySet());
        return queues.isEmpty()
                ? null
                : Refusal.of(
                        ErrorCode.GROUP_CONFLICT,
                        "each event of a queue is for the queue's one group, and for no subscription: leave away "
                                + listed(queues));
    }

    private static String listed(Set<EventType> types) {
        return String.join(", ", types.stream().map(EventType::value).toList());
    }

    private static @Nullable Refusal ofFilter(Interest interest) {
        String filters = interest.filters();
        String all = interest.filter();
        if (filters != null && Filters.compile(filters) instanceof Compilation.Flawed(String pointer, String reason)) {
            return malformed("/filters" + pointer, reason);
        }
        return all != null && Filters.compile(all) instanceof Compilation.Flawed(var _, String reason)
                ? malformed("/filters", "together with 'source': " + reason)
                : null;
    }

    private @Nullable Refusal ofSink(Sink sink) {
        if (sink.handshake() == Handshake.NONE && !config.withoutHandshake()) {
            return malformed(
                    "/protocolsettings/handshake",
                    "sinks are asked before they get anything; the server's operator may allow to leave that away");
        }
        String objection = guard.objection(sink.uri());
        return objection == null ? null : malformed("/sink", objection);
    }

    private static Refusal malformed(String pointer, String reason) {
        return Refusal.of(
                ErrorCode.MALFORMED_REQUEST, pointer + ": " + reason, List.of(new Flaw(0, null, pointer, reason)));
    }
}
