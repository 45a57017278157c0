package dev.tidings.broker.payloads;

import dev.tidings.broker.catalog.Catalog;
import dev.tidings.broker.catalog.ClientEntry;
import dev.tidings.broker.catalog.ClientEntry.Grant;
import dev.tidings.broker.payloads.Payload.About;
import dev.tidings.model.ClientName;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.EventType;
import dev.tidings.model.NearestName;
import dev.tidings.model.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who may store payloads, refer to them, and fetch them. Pure.
final class PayloadRules {
    static final Duration RETRY = Duration.ofSeconds(10);

    private final PayloadConfig config;

    PayloadRules(PayloadConfig config) {
        this.config = config;
    }

    /// What is used already.
    ///
    /// @param bytes    of the client's payloads, those on their way among them
    /// @param payloads of the client
    /// @param uploads  of the client that are not finished
    /// @param all      payloads of all clients
    record Used(long bytes, int payloads, int uploads, int all) {}

    /// Why the client may not store a payload for events of this type; null where it may.
    @Nullable
    Refusal mayStore(Catalog catalog, ClientName client, EventType type) {
        ClientEntry entry = catalog.client(client);
        if (entry == null || entry.produces() == null) {
            return Refusal.of(
                    ErrorCode.NOT_ALLOWED,
                    "The client '" + client + "' is no producer: the catalog has no 'produces' for it."
                            + " Ask whoever keeps the catalog");
        }
        if (catalog.type(type) == null || !entry.produces().types().contains(type)) {
            List<String> granted =
                    entry.produces().types().stream().map(EventType::value).toList();
            return Refusal.of(
                    ErrorCode.NOT_ALLOWED,
                    "there is no type '" + type + "' that this client may produce"
                            + NearestName.hint(type.value(), granted));
        }
        return null;
    }

    /// Why there is no room for one more payload of so many bytes; null where there is.
    @Nullable
    Refusal room(Used used, long size) {
        if (size > config.largest().bytes()) {
            return tooLarge();
        }
        if (used.payloads >= config.clientPayloads()) {
            return overQuota("has " + used.payloads + " payloads, and may have " + config.clientPayloads());
        }
        if (used.all >= config.payloads()) {
            return Refusal.retryable(
                    ErrorCode.STORE_UNAVAILABLE,
                    "the broker keeps as many payloads as it may (" + config.payloads()
                            + "); they go as the events that refer to them do",
                    RETRY);
        }
        return bytes(used.bytes, size);
    }

    /// Why the client may not have so many bytes more; null where it may.
    @Nullable
    Refusal bytes(long used, long more) {
        return used + more <= config.clientBytes().bytes()
                ? null
                : overQuota("has payloads of " + used + " bytes, and may have " + config.clientBytes());
    }

    /// Why the client may not begin another resumable upload; null where it may.
    @Nullable
    Refusal upload(Used used) {
        return used.uploads < config.clientUploads()
                ? null
                : overQuota("has " + used.uploads + " unfinished uploads, as many as it may: finish or delete one");
    }

    /// Why so many bytes more would fill the disk; null where they do not.
    @Nullable
    Refusal space(long usable, long more) {
        return usable - more >= config.reserve().bytes()
                ? null
                : Refusal.retryable(
                        ErrorCode.STORE_UNAVAILABLE,
                        "the disk has no space for the payload; nothing of it was stored",
                        RETRY);
    }

    Refusal tooLarge() {
        return Refusal.of(
                ErrorCode.REQUEST_TOO_LARGE,
                "a payload has at most " + config.largest() + " ("
                        + config.largest().bytes() + " bytes)");
    }

    private static Refusal overQuota(String what) {
        return Refusal.retryable(
                ErrorCode.OVER_QUOTA,
                "the client " + what + ". Payloads go as the events that refer to them do",
                Duration.ofMinutes(1));
    }

    /// Why an event may not refer to this payload; null where it may. Who may not know of it is told what is told of
    /// one that never was.
    ///
    /// @param payload null: there is none of that id
    /// @param test    whether it is a test event: its sender is a consumer
    @Nullable
    String mayRefer(@Nullable Payload payload, ClientEntry client, EventType type, boolean test) {
        boolean mine = payload != null && payload.about().client().equals(client.name());
        if (payload == null || !mine && !(test && refusal(payload, client) == null)) {
            return "refers to no payload of this client: it may have expired, or its upload is not finished;"
                    + " store it again with PUT /ce/payloads, and send its 'dataref'";
        }
        About about = payload.about();
        return about.type().equals(type)
                ? null
                : "refers to a payload that was stored for the type " + about.type() + ", and this event is of " + type
                        + "; store it for that type";
    }

    /// Why the client may not fetch this payload; null where it may.
    @Nullable
    Refusal mayFetch(Payload payload, @Nullable ClientEntry client) {
        return client != null && payload.about().client().equals(client.name()) ? null : refusal(payload, client);
    }

    private static @Nullable Refusal refusal(Payload payload, @Nullable ClientEntry client) {
        EventType type = payload.about().type();
        Grant grant = client == null || client.consumes() == null
                ? null
                : client.consumes().types().get(type);
        if (grant == null) {
            return Refusal.of(
                    ErrorCode.NOT_ALLOWED,
                    "the payload belongs to events of a type that this client may not consume: ask whoever keeps the"
                            + " catalog");
        }
        Instant referenced = payload.holds().referenced();
        if (referenced == null) {
            return Refusal.of(ErrorCode.NOT_FOUND, "there is no such payload, or no event refers to it yet");
        }
        return grant.reveals(referenced.toEpochMilli())
                ? null
                : Refusal.of(
                        ErrorCode.NOT_ALLOWED,
                        "the events that refer to the payload are older than the grant of their type, which says"
                                + " nothing of 'history'");
    }
}
