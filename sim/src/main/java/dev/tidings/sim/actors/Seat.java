package dev.tidings.sim.actors;

import dev.tidings.broker.consuming.Instance;
import dev.tidings.broker.consuming.Instance.Settlement;
import dev.tidings.broker.consuming.Opening;
import dev.tidings.model.Delivery;
import dev.tidings.sim.truth.Dues;
import dev.tidings.sim.truth.Member;
import dev.tidings.sim.truth.Sent;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// An open instance in the hands of its consumer.
record Seat(World world, Instance instance, Member member, Opening.Patience patience) {
    private static final int BYTES = 8_000;

    /// Waits for events.
    ///
    /// @param broken whether the answer never reaches the consumer
    void poll(int max, int millis, boolean broken) {
        CompletionStage<List<Delivery>> polled = instance.poll(max, BYTES, Duration.ofMillis(millis))
                .thenApply(deliveries -> {
                    member.delivered(deliveries);
                    if (broken && !deliveries.isEmpty()) {
                        long first = deliveries.getFirst().offset();
                        world.trace().note("  and " + member + " does not get what it got from " + first);
                        member.unread(first);
                        instance.unread(first);
                    }
                    return deliveries;
                });
        var _ = world.line().await(member.nodeAsked(), polled);
    }

    void confirm(long offset) {
        if (offset < 0) {
            return;
        }
        List<Member.Held> what = member.asksToConfirm(offset);
        world.trace().note(member + " confirms " + offset + ": " + what);
        var _ = world.line().await(member.nodeAsked(), settled(instance.confirm(offset), what));
    }

    private CompletionStage<Settlement> settled(CompletionStage<Settlement> confirmed, List<Member.Held> what) {
        return confirmed.whenComplete((settlement, failure) -> {
            if (failure != null) {
                member.confirmedAtLeastHere(what);
            } else if (settlement == Settlement.DONE) {
                member.confirmed(what);
            } else {
                world.truth()
                        .expect(
                                settlement == Settlement.ENDED,
                                "what was delivered can be confirmed",
                                member + " confirmed " + what + ": " + settlement);
                member.notConfirmed(what);
            }
        });
    }

    /// Reports one of the events it holds.
    void bury(long offset, boolean changed) {
        Sent event = world.truth()
                .find(Objects.requireNonNull(member.held().get(offset)).id());
        boolean first = member.group().asksToBury(event.id());
        member.reports(offset);
        member.group().reports(event.id());
        world.trace().note(member + " reports " + offset + ": " + event);
        CompletionStage<Settlement> buried = instance.dead(Writing.report(offset, event, changed))
                .whenComplete((settlement, failure) -> {
                    boolean nothing = failure != null && Answer.hasNoEffect(failure) || settlement == Settlement.ENDED;
                    if (settlement == Settlement.DONE) {
                        member.buried(offset);
                        member.group().buried(member, event.id());
                    } else if (nothing && first) {
                        member.group().notBuried(event.id());
                    }
                });
        var _ = world.line().await(member.nodeAsked(), buried);
    }

    /// Gives one back that it holds, for a while. What it holds when the loop comes to that goes back, and not before.
    ///
    /// @param delay null: as it was opened
    void release(long offset, @Nullable Duration delay) {
        Release release = new Release(offset, delay);
        world.trace().note(member + " releases " + offset + (delay == null ? "" : " for " + delay));
        onLoop(() -> release.begins(this));
        CompletionStage<Settlement> released = instance.singly()
                .release(offset, delay)
                .whenComplete((settlement, failure) -> release.answered(this, settlement));
        onLoop(() -> release.isDone(this));
        var _ = world.line().await(member.nodeAsked(), released);
    }

    private void onLoop(Runnable task) {
        member.nodeAsked().onLoop(member.group().name().client(), task);
    }

    /// What is known of one, while the loop that does it is asked just before and just behind it.
    private static final class Release {
        private final long offset;
        private final @Nullable Duration delay;
        private long began;
        private Member.@Nullable Held released;
        private Dues.@Nullable Due due;
        private boolean durable;

        Release(long offset, @Nullable Duration delay) {
            this.offset = offset;
            this.delay = delay;
        }

        void begins(Seat seat) {
            began = seat.world.millis();
            released = seat.member.releases(offset);
        }

        /// The clock may have been set meanwhile.
        void isDone(Seat seat) {
            if (released != null) {
                long now = seat.world.millis();
                long wait = (delay == null ? seat.patience.delay(released.attempts()) : delay).toMillis();
                due = seat.member.waits(released, Math.min(began, now) + wait, Math.max(began, now) + wait);
                tell();
            }
        }

        void answered(Seat seat, @Nullable Settlement settlement) {
            seat.world
                    .truth()
                    .expect(
                            settlement != Settlement.NEVER_DELIVERED && settlement != Settlement.UNMATCHED,
                            "what was delivered can be released",
                            seat.member + " released " + offset + ": " + settlement);
            durable = settlement == Settlement.DONE;
            tell();
        }

        private void tell() {
            if (due != null && durable) {
                due.isDurable();
            }
        }
    }

    void close() {
        world.trace().note(member + " closes");
        member.ends();
        var _ = world.line().await(member.nodeAsked(), instance.close());
    }

    void vanish() {
        world.trace().note(member + " vanishes");
        member.ends();
        var _ = instance.close();
    }
}
