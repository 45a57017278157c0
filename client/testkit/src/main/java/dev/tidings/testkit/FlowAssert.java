package dev.tidings.testkit;

import dev.tidings.testkit.Flow.Entry;
import dev.tidings.testkit.Flow.Step;
import io.cloudevents.CloudEvent;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.assertj.core.api.AbstractAssert;

/// Says what is to have happened. After [#eventually] or [#within] it waits for that: it is told when something
/// happens, and never sleeps. What is to have happened *not* is best said after [Recorded#settle].
public final class FlowAssert extends AbstractAssert<FlowAssert, Recorded> {
    private static final Duration EVENTUALLY = Duration.ofSeconds(10);

    private final Flow flow;
    private Duration patience = Duration.ZERO;

    FlowAssert(Recorded recorded) {
        super(recorded, FlowAssert.class);
        flow = recorded.flow();
    }

    /// What is said from here on may come to be within ten seconds.
    public FlowAssert eventually() {
        return within(EVENTUALLY);
    }

    /// What is said from here on may come to be within that time.
    public FlowAssert within(Duration time) {
        patience = time;
        return this;
    }

    /// An event of that type was published, or more.
    public FlowAssert published(String type) {
        return some(new Wanted(Step.PUBLISHED, "", type), event -> true, "");
    }

    /// An event of that type for which that holds was published.
    public FlowAssert published(String type, Predicate<? super CloudEvent> that) {
        return some(new Wanted(Step.PUBLISHED, "", type), that, " for which the condition holds");
    }

    /// An event of that type was published, with such a payload for which that holds.
    public <T> FlowAssert published(String type, Class<T> data, Predicate<? super T> that) {
        return some(
                new Wanted(Step.PUBLISHED, "", type),
                payload(data, that),
                " with a " + data.getSimpleName() + " for which the condition holds");
    }

    /// So many events of that type were published, and no more.
    public FlowAssert publishedTimes(int times, String type) {
        Wanted wanted = new Wanted(Step.PUBLISHED, "", type);
        boolean enough = flow.await(entries -> wanted.count(entries) >= times, patience);
        long found = wanted.count(flow.entries());
        return enough && found == times
                ? this
                : failed("expected " + times + " times: " + wanted + ", found " + found + " times");
    }

    /// Events of these types were published, in this order, and no others.
    public FlowAssert publishedInOrder(String... types) {
        List<String> expected = List.of(types);
        return flow.await(entries -> typesPublished(entries).equals(expected), patience)
                ? this
                : failed("expected these to be published, in this order: " + expected);
    }

    /// Nothing was published so far.
    public FlowAssert publishedNothing() {
        return flow.published().isEmpty() ? this : failed("expected nothing to be published");
    }

    /// Nothing of that type was published so far.
    public FlowAssert publishedNothing(String type) {
        Wanted wanted = new Wanted(Step.PUBLISHED, "", type);
        return wanted.count(flow.entries()) == 0 ? this : failed("did not expect: " + wanted);
    }

    /// The broker refused an event of that type.
    public FlowAssert refused(String type) {
        return some(new Wanted(Step.REFUSED, "", type), event -> true, "");
    }

    /// A listener handled an event of that type.
    ///
    /// @param listener `{service}-{listener}`
    public FlowAssert handled(String listener, String type) {
        return some(new Wanted(Step.HANDLED, listener, type), event -> true, "");
    }

    /// A listener handled an event of that type, with such a payload for which that holds.
    public FlowAssert handled(String listener, String type, Predicate<? super CloudEvent> that) {
        return some(new Wanted(Step.HANDLED, listener, type), that, " for which the condition holds");
    }

    /// A listener failed at an event of that type, and tries again.
    public FlowAssert failed(String listener, String type) {
        return some(new Wanted(Step.FAILED, listener, type), event -> true, "");
    }

    /// A listener put an event of that type off, by [dev.tidings.client.RetryLaterException].
    public FlowAssert postponed(String listener, String type) {
        return some(new Wanted(Step.POSTPONED, listener, type), event -> true, "");
    }

    /// A listener reported an event of that type as dead.
    public FlowAssert reportedDead(String listener, String type) {
        return some(new Wanted(Step.DEAD, listener, type), event -> true, "");
    }

    private FlowAssert some(Wanted wanted, Predicate<? super CloudEvent> that, String condition) {
        return flow.await(
                        entries -> entries.stream().anyMatch(entry -> wanted.is(entry) && that.test(entry.event())),
                        patience)
                ? this
                : failed("expected: " + wanted + condition);
    }

    private <T> Predicate<CloudEvent> payload(Class<T> data, Predicate<? super T> that) {
        return event -> {
            T payload = flow.read(event, data);
            return payload != null && that.test(payload);
        };
    }

    private FlowAssert failed(String what) {
        String waited = patience.isZero() ? "" : " within " + patience;
        failWithMessage("%s", what + waited + "; " + Outcome.of(flow));
        return this;
    }

    private static List<String> typesPublished(List<Entry> entries) {
        return entries.stream()
                .filter(entry -> entry.step() == Step.PUBLISHED)
                .map(entry -> entry.event().getType())
                .toList();
    }

    private record Wanted(Step step, String listener, String type) {
        boolean is(Entry entry) {
            return entry.step() == step
                    && entry.listener().equals(listener)
                    && entry.event().getType().equals(type);
        }

        long count(List<Entry> entries) {
            return entries.stream().filter(this::is).count();
        }

        @Override
        public String toString() {
            return step + (listener.isEmpty() ? "" : " by " + listener) + " " + type;
        }
    }
}
