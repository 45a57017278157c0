package dev.tidings.broker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.dispatch.Fact.Claim;
import dev.tidings.broker.dispatch.Fact.State;
import dev.tidings.engine.Cursor;
import java.util.List;
import java.util.Objects;

/// What must be so at each moment of a [History].
record Scrutiny(History history) {
    void check() {
        int held = 0;
        int waiting = 0;
        for (List<Fact> facts : history.partitions) {
            for (Fact fact : facts) {
                held += fact.state == State.HELD ? 1 : 0;
                waiting += fact.state == State.WAITING || fact.state == State.PARKED ? 1 : 0;
            }
        }
        DispatchState state = history.dispatch.state();
        assertThat(state.inFlight()).isEqualTo(held);
        assertThat(state.waiting()).isEqualTo(waiting);
        assertThat(state.dying()).isEqualTo(history.dying.size());
        for (History.Reader reader : history.readers) {
            assertThat(reader.ledger.inFlight()).isEqualTo(reader.held.size());
        }
        assertThat(history.readers.isEmpty() || history.readers.stream().anyMatch(reader -> !reader.ledger.isPaused()))
                .isTrue();
        checkCursors();
    }

    private void checkCursors() {
        for (int p = 0; p < history.partitions.size(); p++) {
            Cursor cursor = history.dispatch.cursor(p);
            long readTo = history.dispatch.readTo(p);
            for (Fact fact : history.partitions.get(p)) {
                boolean settled = fact.position < readTo ? !fact.open() : fact.state == State.SETTLED;
                if (fact.selected || fact.position < readTo) {
                    assertThat(cursor.isSettled(fact.position)).isEqualTo(settled);
                }
                int attempts = fact.open() ? fact.attempts : 0;
                assertThat(cursor.attempts().getOrDefault(fact.position, 0)).isEqualTo(attempts);
            }
        }
    }

    void checkKeyOrder(History.Reader taker, Fact given) {
        for (Fact earlier : history.partitions.get(given.partition).subList(0, (int) given.position)) {
            if (earlier.sameKey(given) && earlier.open()) {
                boolean usedUp = earlier.state == State.DYING && earlier.holder == null;
                boolean withTaker = earlier.holder == taker && taker.open;
                assertThat(earlier.state).isIn(State.HELD, State.DYING);
                assertThat(withTaker || usedUp)
                        .as("%d follows %d: %s, %s", given.position, earlier.position, earlier.state, earlier.whose())
                        .isTrue();
            }
        }
        for (Fact other : history.partitions.get(given.partition)) {
            if (other.sameKey(given) && other.state == State.HELD) {
                assertThat(other.holder).isSameAs(taker);
            }
        }
    }

    /// What a process has left is given to nobody else, nor what follows it of its key.
    void checkClaim(History.Reader taker, Fact given) {
        for (Fact earlier : history.partitions.get(given.partition).subList(0, (int) given.position + 1)) {
            if (earlier.sameKey(given) && earlier.isClaimed()) {
                assertThat(taker.process).isEqualTo(Objects.requireNonNull(earlier.claim).process);
            }
        }
    }

    void checkNothingAssignableIsLeft() {
        boolean someRoom = history.readers.stream().anyMatch(reader -> reader.ledger.hasRoom());
        for (List<Fact> facts : history.partitions) {
            for (Fact fact : facts) {
                if (fact.state == State.WAITING) {
                    History.Reader owner = history.keys.holder(fact);
                    boolean stuck = history.keys.isParkedBefore(fact)
                            || (owner != null
                                    ? !owner.ledger.hasRoom()
                                    : history.keys.isDying(fact) || !someRoom || isKept(fact));
                    assertThat(stuck).as("%d waits for a reason", fact.position).isTrue();
                }
            }
        }
    }

    /// Whether it, or the first of its key, waits for a process that is away, or where it may wait for one that has
    /// no room.
    private boolean isKept(Fact fact) {
        for (Fact other : history.partitions.get(fact.partition)) {
            Claim claim = other.claim;
            if (other.sameKey(fact) && other.isClaimed() && claim != null) {
                List<History.Reader> back = history.readers.stream()
                        .filter(reader -> claim.process.equals(reader.process))
                        .toList();
                return back.isEmpty() || back.stream().anyMatch(reader -> !reader.ledger.hasRoom());
            }
        }
        return false;
    }
}
