package dev.tidings.sim.truth;

import dev.tidings.broker.consuming.Opening;
import dev.tidings.broker.consuming.Opening.Start;
import dev.tidings.broker.subscriptions.Subscription;
import dev.tidings.broker.subscriptions.Subscription.State;
import dev.tidings.model.ClientName;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;
import dev.tidings.model.Lane;
import dev.tidings.sim.node.Node;
import dev.tidings.sim.truth.LogTruth.Dead;
import dev.tidings.sim.truth.StreamTruth.Stored;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is known of a subscription, of which a sink of its own tells: what its owner was answered, what its sink has
/// seen, and so what may and what must come to it.
public final class SubscriptionTruth {
    private static final String UNDELIVERABLE = "undeliverable";

    private final Truth truth;
    private final Terms terms;
    private final Set<String> accepted = new HashSet<>();
    private final Set<String> failed = new HashSet<>();
    private final Set<String> rejected = new HashSet<>();
    /// What it may be about now: several things while a change is not answered.
    private final List<Set<EventType>> interests = new ArrayList<>();
    /// What it was about all the time.
    private final Set<EventType> always;
    private final Set<Asked> asked = new HashSet<>();
    private Scope scope;
    private @Nullable GroupName group;
    private @Nullable State state;
    /// A process that may not know how it is.
    private @Nullable Node doubtful;

    private long version;
    /// The step at which it was first seen to have ended; -1: it was not, in this version.
    private long seenEnded = -1;
    private long asks;
    private boolean mayEnd;
    private boolean anew;
    /// Whether it may have ended and gone on from the end before its owner saw that.
    private boolean mayHaveBegunAnew;
    private boolean leaves;
    private boolean left;

    /// Something that its owner has asked for.
    public record Asked(Node node, long number) {}

    /// What a subscription is, and stays.
    ///
    /// @param host     where its sink is
    /// @param types    those it is about at first
    /// @param filter   null: none
    /// @param ordered  whether the events of a key come in order
    /// @param patient  whether an event is never given up, but where its sink says that it will not take it
    public record Terms(
            ClientName client,
            String host,
            Set<EventType> types,
            @Nullable String filter,
            Start start,
            boolean ordered,
            boolean patient) {}

    SubscriptionTruth(Truth truth, Terms terms) {
        this.truth = truth;
        this.terms = terms;
        this.always = new HashSet<>(terms.types);
        this.interests.add(terms.types);
        this.scope = begin(new Scope(new GroupName(terms.client, "~sub"), truth), terms.start);
    }

    private Scope begin(Scope begun, Start start) {
        begun.asksToOpen(new Opening(begun.name().name(), Set.of(Lane.EVENTS), null, null, null, start)
                .withFilter(terms.filter));
        return begun;
    }

    /// Its owner asks something of a process; until [#answered] it may happen at any time.
    public Asked asks(Node node) {
        Asked token = new Asked(node, asks++);
        asked.add(token);
        mayHaveBegunAnew |= mayEnd && !anew;
        node.onEnd(() -> asked.remove(token));
        state = null;
        return token;
    }

    /// Whether something that was asked may still happen.
    private boolean isAsked() {
        return !asked.isEmpty();
    }

    /// Whether it may come to be there though this process does not know it: something that was asked may still happen,
    /// or has, and the process could not tell.
    public boolean mayAppear(Node node) {
        return isAsked() || doubtful == node;
    }

    /// It is like this.
    public void answered(Asked token, Subscription now) {
        asked.remove(token);
        learn(token.node, now.status().state());
        exists(token.node, now);
    }

    /// It was refused.
    public void refused(Asked token) {
        asked.remove(token);
    }

    /// It may have happened or not, and this process does not know.
    public void failed(Asked token) {
        asked.remove(token);
        doubtful = token.node;
    }

    private void learn(Node from, State now) {
        if (asked.isEmpty() && doubtful != from) {
            state = now;
        }
    }

    /// It is there, and not for the first time, perhaps.
    private void exists(Node node, Subscription now) {
        group = now.group();
        scope.named(now.group());
        boolean another = now.version() > version;
        version = Math.max(version, now.version());
        if (now.status().state() == State.ENDED) {
            seenEnded = another || seenEnded < 0 ? truth.scheduler.steps() : seenEnded;
        } else {
            seenEnded = -1;
            scope.opened(node);
            mayEnd &= !anew;
            anew = false;
        }
    }

    public void asksToChange(Set<EventType> types) {
        interests.add(types);
        always.retainAll(types);
    }

    public void changed(Set<EventType> types) {
        if (asked.isEmpty()) {
            interests.clear();
            interests.add(types);
        }
    }

    public void asksToLeave() {
        leaves = true;
    }

    public void left() {
        left = true;
    }

    public boolean isLeaving() {
        return leaves;
    }

    /// It has ended, its sink is there again, and what comes from now on is for it once it goes on.
    public void beginsAnew() {
        anew = true;
        mayHaveBegunAnew = false;
        long gone = isAsked() ? truth.scheduler.steps() : seenEnded;
        scope = begin(new Scope(scope.name(), truth, gone), new Start.Latest());
    }

    /// Its sink wants nothing any more, and says so.
    public void mayEnd() {
        mayEnd = true;
        anew = false;
        mayHaveBegunAnew |= isAsked();
    }

    /// Its owner looks for it.
    ///
    /// @param found null: it is not there
    public void found(Node node, @Nullable Subscription found) {
        boolean known = scope.isCreated() && !leaves;
        truth.expect(found != null || !known, "who has subscribed stays so", this + " is not there");
        truth.expect(found == null || !left, "who has unsubscribed stays so", this + " is there");
        if (found == null) {
            return;
        }
        State now = found.status().state();
        truth.expect(
                state == null || state == now || mayEnd && now == State.ENDED,
                "what a subscription was told to be it is",
                this + " is " + now);
        truth.expect(now != State.ENDED || mayEnd, "only its sink ends a subscription", this + " has ended");
        truth.expect(found.version() >= version, "a subscription goes back to no former version", this + " " + found);
        learn(node, now);
        exists(node, found);
    }

    /// A process is about to send for it what comes to this group, of which its owner may not have heard yet.
    public void isServed(GroupName by) {
        scope.named(by);
    }

    /// A process begins to send events to the sink.
    public void sends(Node node, List<String> ids) {
        truth.expect(
                !left && state != State.PAUSED && state != State.ENDED,
                "nothing is sent for a subscription that is not active",
                () -> this + " was sent " + ids);
        Set<String> together = new HashSet<>();
        for (String id : ids) {
            Sent event = truth.log.find(id);
            if (event == null) {
                throw truth.violated("nothing is invented", this + " was sent " + id);
            }
            scope.expectMine(() -> this + " was sent " + event, event, node);
            truth.expect(
                    interests.stream().anyMatch(types -> types.contains(event.type)),
                    "a subscription gets what it is about",
                    () -> this + " was sent " + event);
            expectInOrder(event, node, together);
            together.add(id);
        }
    }

    private void expectInOrder(Sent event, Node node, Set<String> together) {
        if (!terms.ordered || event.key == null || event.ambiguous || mayHaveBegunAnew) {
            return;
        }
        long position = truth.log.places(event).getFirst().position();
        for (Stored earlier : truth.log.stream(event.stream).before(event.key, position)) {
            Sent other = truth.log.find(earlier.id());
            if (other != null && always.contains(other.type) && scope.precedes(other, node)) {
                truth.expect(
                        accepted.contains(other.id) || together.contains(other.id) || mayBeDead(other.id),
                        "a sink gets the events of a key in order",
                        () -> this + " was sent " + event + " before " + other);
            }
        }
    }

    /// The sink takes them, whether or not its answer arrives.
    public void accepts(List<String> ids) {
        accepted.addAll(ids);
    }

    /// The process hears that they are to be tried again.
    public void failed(List<String> ids) {
        failed.addAll(ids);
    }

    /// The process hears that the sink will never take it.
    public void rejected(String id) {
        rejected.add(id);
    }

    boolean hasFailed() {
        return !failed.isEmpty();
    }

    private boolean mayBeDead(String id) {
        return rejected.contains(id) || !terms.patient && failed.contains(id);
    }

    /// Whether its type was taken away and given again, which reveals what came since by the clock: where that is set
    /// back, also what was settled before.
    boolean mayGetAgain(Sent event) {
        return !always.contains(event.type);
    }

    void expectRefused(Dead dead) {
        truth.expect(
                mayBeDead(dead.id()), "nothing is given up that its sink takes", this + " has given up " + dead.id());
    }

    /// The group it reads by; null where that is not known.
    public @Nullable GroupName group() {
        return group;
    }

    /// An event that its sink must have by now, unless it is dead, and has not; null where there is none.
    public @Nullable Sent missing(Node node) {
        return truth.log.sent().stream()
                .filter(event -> !mayBeDead(event.id) && isMissing(event, node))
                .findFirst()
                .orElse(null);
    }

    /// All is settled, and all is read that is dead.
    public void expectNothingLost(Node node) {
        for (Sent event : truth.log.sent()) {
            truth.expect(
                    !isMissing(event, node)
                            || truth.log.dead(new Dead(String.valueOf(group), event.id, UNDELIVERABLE)) > 0,
                    "what a sink does not take is dead",
                    () -> this + " has lost " + event);
        }
    }

    private boolean isMissing(Sent event, Node node) {
        return !leaves
                && !mayEnd
                && group != null
                && event.isAcknowledged()
                && !event.ambiguous
                && !accepted.contains(event.id)
                && always.contains(event.type)
                && truth.isSteady(terms.client, event.type.value())
                && scope.awaits(event, node);
    }

    @Override
    public String toString() {
        return "the subscription to " + terms.host;
    }
}
