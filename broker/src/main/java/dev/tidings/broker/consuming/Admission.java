package dev.tidings.broker.consuming;

import dev.tidings.broker.catalog.ClientEntry;
import dev.tidings.broker.catalog.ClientEntry.ConsumerRole;
import dev.tidings.broker.dead.ErrorsOf;
import dev.tidings.broker.groups.GroupSettings;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;
import dev.tidings.model.Lane;
import dev.tidings.model.Refusal;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Judges whether an instance may be opened.
///
/// @param client what the catalog says of the caller; null: nothing
/// @param opener who opens it
record Admission(ConsumingConfig config, @Nullable ClientEntry client, Opener opener) {
    private static final Duration LATER = Duration.ofSeconds(5);
    private static final String NO_FILTER = "[]";

    /// Who opens an instance.
    enum Opener {
        CLIENT,
        /// The broker itself, for a client, in a group that exists and that no client gets into.
        BROKER
    }

    /// Why not, by what it asks for and who it is; null where nothing is wrong.
    @Nullable
    Refusal ofOpening(Opening opening) {
        ConsumerRole role = client == null ? null : client.consumes();
        if (client == null || role == null) {
            return Refusal.of(
                    ErrorCode.NOT_ALLOWED, "the caller is no consumer; the catalog has to name it with 'consumes'");
        }
        if (opener == Opener.CLIENT
                && GroupName.parse(client.name(), opening.group()).isEmpty()) {
            return invalid("group is 1 to 100 letters, digits, '.', '_' and '-', beginning with a letter or digit, or "
                    + GroupName.DEFAULT);
        }
        if (opening.lanes().isEmpty()) {
            return invalid("an instance needs something to deliver: one of events, test and dead is true");
        }
        Integer inflight = opening.inflight();
        if (inflight != null && (inflight < 1 || inflight > config.mostInflight())) {
            return invalid("inflight is 1 to " + config.mostInflight() + ", found " + inflight);
        }
        Integer maxDeliveries = opening.maxDeliveries();
        if (maxDeliveries != null && maxDeliveries < 1) {
            return invalid("maxDeliveries is at least 1, found " + maxDeliveries);
        }
        Integer maxRate = opening.maxRate();
        if (maxRate != null && (maxRate < 1 || maxRate > Opening.MOST_RATE)) {
            return invalid("maxRate is 1 to " + Opening.MOST_RATE + " events per second, found " + maxRate);
        }
        Refusal refusal = ofErrorsOf(opening);
        refusal = refusal == null ? ofTypes(opening.types(), role) : refusal;
        return refusal == null ? ofQueues(opening, role) : refusal;
    }

    private static @Nullable Refusal ofErrorsOf(Opening opening) {
        Set<String> errorsOf = opening.errorsOf();
        if (errorsOf == null) {
            return null;
        }
        if (errorsOf.isEmpty() || errorsOf.size() > ErrorsOf.MOST) {
            return invalid("errorsOf names 1 to " + ErrorsOf.MOST + " groups, or is '*' for all, found "
                    + errorsOf.size() + " names");
        }
        if (errorsOf.contains(opening.group())) {
            return invalid("errorsOf names other groups: a group that gets dead events has none of its own, found '"
                    + opening.group() + "'; open the error handler in a group of its own");
        }
        if (!opening.lanes().contains(Lane.EVENTS)) {
            return invalid("an error handler gets dead events as its events: leave events=false away");
        }
        return opening.filter() == null
                ? null
                : invalid("an error handler reads without a filter; leave filter or errorsOf away");
    }

    /// Why there can't be one instance more than these.
    @Nullable
    Refusal ofInstances(int open) {
        if (opener == Opener.BROKER) {
            return null;
        }
        Integer quota = client == null ? null : client.quotas().instances();
        int most = quota == null ? config.instances() : quota;
        return open < most ? null : overQuota("instances", most, "close one");
    }

    /// Why there can't be one group more than these.
    @Nullable
    Refusal ofGroups(int existing) {
        if (opener == Opener.BROKER) {
            return Refusal.of(ErrorCode.NOT_FOUND, "the group does not exist any more");
        }
        Integer quota = client == null ? null : client.quotas().groups();
        int most = quota == null ? config.groups() : quota;
        return existing < most ? null : overQuota("groups", most, "use one of them");
    }

    /// Why an instance that asks for this can't be in a group with these settings.
    static @Nullable Refusal ofSettings(Opening opening, GroupSettings settings) {
        Set<EventType> types = opening.types();
        if (types != null && !types.equals(settings.types())) {
            Set<EventType> existing = settings.types();
            return conflict("types", existing == null ? "all that are granted" : listed(existing), listed(types));
        }
        Integer maxDeliveries = opening.maxDeliveries();
        if (maxDeliveries != null && maxDeliveries != settings.maxDeliveries()) {
            String most = settings.maxDeliveries() == 0 ? "none" : Integer.toString(settings.maxDeliveries());
            return conflict("maxDeliveries", most, maxDeliveries.toString());
        }
        String filter = opening.filter();
        String existing = settings.filter() == null ? NO_FILTER : settings.filter();
        if (filter != null && !filter.equals(existing)) {
            return conflict("filter", existing, filter);
        }
        Set<String> errorsOf = opening.errorsOf();
        if (errorsOf != null && !errorsOf.equals(settings.errorsOf())) {
            Set<String> handled = settings.errorsOf();
            return conflict("errorsOf", handled == null ? "none" : sorted(handled), sorted(errorsOf));
        }
        return null;
    }

    private static @Nullable Refusal ofTypes(@Nullable Set<EventType> types, ConsumerRole role) {
        if (types == null) {
            return null;
        }
        if (types.isEmpty()) {
            return invalid("types names at least one type, or is left away for all");
        }
        Set<EventType> foreign = new HashSet<>(types);
        foreign.removeAll(role.types().keySet());
        return foreign.isEmpty()
                ? null
                : Refusal.of(ErrorCode.NOT_ALLOWED, "the caller may not consume " + listed(foreign));
    }

    private static String sorted(Set<String> names) {
        return String.join(", ", new TreeSet<>(names));
    }

    private static @Nullable Refusal ofQueues(Opening opening, ConsumerRole role) {
        Set<EventType> types = opening.types();
        if (types == null || opening.errorsOf() != null) {
            return null;
        }
        for (EventType type : new TreeSet<>(types)) {
            String group = role.queues().get(type);
            if (group != null && !group.equals(opening.group())) {
                return Refusal.of(
                        ErrorCode.GROUP_CONFLICT,
                        "%s is a queue, whose events are for the group %s alone; leave it away, or read as that group"
                                .formatted(type, group));
            }
        }
        Set<EventType> left = role.queuesOf(opening.group());
        left.removeAll(types);
        return left.isEmpty()
                ? null
                : Refusal.of(
                        ErrorCode.GROUP_CONFLICT,
                        "the group is the one of the queues %s, which its types can't leave out; name them, or use"
                                        .formatted(listed(left))
                                + " another group");
    }

    private static String listed(Set<EventType> types) {
        return String.join(
                ", ", new TreeSet<>(types).stream().map(EventType::value).toList());
    }

    private static Refusal invalid(String detail) {
        return Refusal.of(ErrorCode.INVALID_PARAMETER, detail);
    }

    private static Refusal conflict(String what, String existing, String asked) {
        return Refusal.of(
                ErrorCode.GROUP_CONFLICT,
                "the group's %s: %s; asked for: %s. Leave the parameter away, or use another group"
                        .formatted(what, existing, asked));
    }

    private static Refusal overQuota(String what, int most, String remedy) {
        return Refusal.retryable(
                ErrorCode.OVER_QUOTA, "the client has %d %s, its quota: %s".formatted(most, what, remedy), LATER);
    }
}
