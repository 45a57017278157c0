package dev.tidings.broker.subscriptions;

import dev.tidings.model.ClientName;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// What a client wants to be called back with, where, and how. Immutable; a change makes a new version of it.
///
/// @param id      128 random bits in hexadecimal digits
/// @param version 1, then one more with each change
/// @param created when it was created
/// @param changed when this version was made
public record Subscription(
        String id,
        ClientName client,
        long version,
        Status status,
        Interest interest,
        Sink sink,
        Handling handling,
        Instant created,
        Instant changed) {
    private static final String GROUP = "~sub.";
    private static final JsonMapper JSON = new JsonMapper();

    /// The group by which it reads. It exists as long as the subscription does.
    public GroupName group() {
        return new GroupName(client, GROUP + id);
    }

    /// Whether the group is a subscription's.
    public static boolean owns(GroupName group) {
        return group.name().startsWith(GROUP);
    }

    public boolean active() {
        return status.state() == State.ACTIVE;
    }

    /// The next version, of what a client wants it to be.
    Subscription next(Draft draft, Status newStatus, Instant now) {
        return new Subscription(
                id, client, version + 1, newStatus, draft.interest(), draft.sink(), draft.handling(), created, now);
    }

    Subscription next(Status newStatus, Instant now) {
        return new Subscription(id, client, version + 1, newStatus, interest, sink, handling, created, now);
    }

    Subscription next(Sink newSink, Instant now) {
        return new Subscription(id, client, version + 1, status, interest, newSink, handling, created, now);
    }

    /// Whether events are delivered.
    public enum State {
        ACTIVE,
        /// Its owner wants nothing for now. What comes meanwhile is delivered once it is resumed.
        PAUSED,
        /// Its sink is gone for good, as it said itself; nothing is kept for it. Where its owner resumes it, it begins
        /// anew.
        ENDED
    }

    /// @param reason why it is not active; null where its owner did not say
    /// @param since  for how long it has been so
    public record Status(State state, @Nullable String reason, Instant since) {}

    /// Which events it is about.
    ///
    /// @param source  the `source` they have; null: any
    /// @param types   the types they have; null: all that the client may consume
    /// @param filters a JSON array of filters that all of them pass, as it was given; null: none
    /// @param errorsOf groups whose dead events it is about, instead of standard events; null: none
    public record Interest(
            @Nullable String source,
            @Nullable Set<EventType> types,
            @Nullable String filters,
            @Nullable Set<String> errorsOf) {
        public Interest {
            types = types == null ? null : Set.copyOf(types);
            errorsOf = errorsOf == null ? null : Set.copyOf(errorsOf);
        }

        /// The JSON of one filter that stands for the source and the filters; null: there is none.
        @Nullable
        String filter() {
            if (source == null) {
                return filters;
            }
            String exact = JSON.writeValueAsString(Map.of("exact", Map.of("source", source)));
            return filters == null ? exact : "[" + exact + "," + filters.substring(1);
        }
    }

    /// How events are handled on their way to the sink.
    ///
    /// @param order       which events wait for one another
    /// @param maxRate     the most requests a second; null: as many as the sink allows
    /// @param concurrency the most requests at once; null: the configured default
    /// @param retries     how often a failed delivery is tried again
    public record Handling(
            Order order,
            @Nullable Integer maxRate,
            @Nullable Integer concurrency,
            Retries retries) {}

    /// Which events wait for one another.
    public enum Order {
        /// Those of one key are delivered one after the other: a failing one holds up those behind it.
        PER_KEY,
        /// None do.
        NONE
    }
}
