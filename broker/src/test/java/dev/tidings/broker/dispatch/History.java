package dev.tidings.broker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.dispatch.Fact.Claim;
import dev.tidings.broker.dispatch.Fact.State;
import dev.tidings.engine.Cursor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A random history of a group, told to the dispatch and to a model so simple that it can be seen to be right:
/// each event has a state, each instance a map of what it holds.
final class History {
    /// An instance of the model.
    final class Reader implements Recipient {
        final int window = 1 + random.nextInt(8);
        final Ledger ledger = new Ledger("reader", window, this);
        final @Nullable String process = random.nextInt(3) == 0 ? null : "p" + random.nextInt(3);
        final GroupMember member = dispatch.open(ledger, process);
        final TreeMap<Long, Fact> held = new TreeMap<>();
        long last;
        boolean open = true;

        @Override
        public void take(long offset, Held given) {
            Fact fact = partitions.get(given.partition()).get((int) given.position());
            assertThat(offset).isEqualTo(last + 1);
            assertThat(fact.state).isEqualTo(State.WAITING);
            assertThat(held.size()).isLessThan(window);
            scrutiny.checkKeyOrder(this, fact);
            scrutiny.checkClaim(this, fact);
            last = offset;
            fact.state = State.HELD;
            fact.holder = this;
            held.put(offset, fact);
            delivered++;
        }
    }

    private final Random random;
    private final int maxDeliveries;
    private final int maxWaiting;
    final List<List<Fact>> partitions = new ArrayList<>();
    final Keys keys = new Keys(partitions);
    final List<Reader> readers = new ArrayList<>();
    final Map<Fact, Pending> dying = new HashMap<>();
    private final Map<Claim, Reservation> claims = new LinkedHashMap<>();
    private final Scrutiny scrutiny = new Scrutiny(this);
    GroupDispatch dispatch;
    private long now = 1_000;
    private int delivered;

    History(long seed) {
        random = new Random(seed);
        maxDeliveries = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 0;
        maxWaiting = 1 + random.nextInt(20);
        dispatch = new GroupDispatch(new GroupDispatch.Limits(maxWaiting, maxDeliveries), Allowance.UNLIMITED);
        int keys = 1 + random.nextInt(6);
        for (int p = 0; p < 1 + random.nextInt(3); p++) {
            List<Fact> facts = new ArrayList<>();
            for (int i = 0; i < random.nextInt(80); i++) {
                facts.add(new Fact(p, i, random.nextInt(keys + 1), random.nextInt(5) > 0));
            }
            partitions.add(facts);
            dispatch.assigned(Cursor.at(0));
        }
    }

    void run(int steps) {
        for (int i = 0; i < steps; i++) {
            step();
            scrutiny.check();
        }
        finish();
    }

    private void step() {
        Reader reader = readers.isEmpty() ? null : readers.get(random.nextInt(readers.size()));
        int action = random.nextInt(100);
        if (reader == null || action < 6 && readers.size() < 6) {
            readers.add(new Reader());
        } else if (action < 30) {
            reader.ledger.ask(1 + random.nextInt(10), 1 + random.nextInt(200));
        } else if (action < 55) {
            pump(random.nextInt(30));
        } else if (action < 62) {
            confirm(reader, reader.last == 0 ? 0 : random.nextLong(reader.last + 1));
        } else if (action < 65) {
            settle(reader);
        } else if (action < 70) {
            giveBack(reader);
        } else if (action < 72) {
            pass(random.nextInt(10));
        } else if (action < 78) {
            dead(reader);
        } else if (action < 84) {
            unread(reader);
        } else if (action < 89) {
            close(reader);
        } else if (action < 93) {
            expire(reader);
        } else if (action < 95) {
            buryAll();
        } else if (action < 97) {
            release();
        } else if (action < 98) {
            restart();
        } else {
            reader.ledger.withdraw();
        }
    }

    private void pump(int limit) {
        dispatch.assign();
        for (int i = 0; i < limit && dispatch.wantsMore(); i++) {
            int partition = random.nextInt(partitions.size());
            read(partition);
            dispatch.assign();
        }
        takeExhausted();
        scrutiny.checkNothingAssignableIsLeft();
    }

    private void read(int partition) {
        long at = dispatch.readTo(partition);
        List<Fact> facts = partitions.get(partition);
        if (at >= facts.size()) {
            return;
        }
        Fact fact = facts.get((int) at);
        if (!fact.selected) {
            dispatch.readTo(partition, at + 1);
            return;
        }
        boolean fresh = fact.state == State.UNREAD;
        if (fresh) {
            fact.state = isExhausted(fact) ? State.DYING : fact.due > 0 ? State.PARKED : State.WAITING;
        }
        assertThat(dispatch.accept(partition, fact.stored())).isEqualTo(fresh);
    }

    private void confirm(Reader reader, long offset) {
        reader.ledger.confirm(offset);
        var confirmed = reader.held.headMap(offset, true);
        confirmed.values().forEach(fact -> fact.state = State.SETTLED);
        confirmed.clear();
    }

    private void settle(Reader reader) {
        long offset = anyOffset(reader);
        if (reader.ledger.isReleased(offset)) {
            return;
        }
        reader.ledger.settle(offset);
        Fact fact = reader.held.remove(offset);
        if (fact != null) {
            fact.state = State.SETTLED;
        }
    }

    private void giveBack(Reader reader) {
        long offset = anyOffset(reader);
        long due = random.nextBoolean() ? 0 : now + random.nextInt(20);
        Fact fact = reader.held.remove(offset);
        assertThat(dispatch.giveBack(reader.member, offset, due)).isEqualTo(fact != null);
        if (fact == null) {
            return;
        }
        List<Fact> behind = reader.held.tailMap(offset, false).values().stream()
                .filter(fact::sameKey)
                .toList();
        reader.held.values().removeAll(behind);
        behind.forEach(other -> other.state = State.WAITING);
        keys.of(fact).forEach(other -> other.claim = null);
        endUnconfirmed(fact);
        if (fact.state == State.WAITING && due > 0) {
            fact.state = State.PARKED;
            fact.due = due;
        }
        takeExhausted();
    }

    private long anyOffset(Reader reader) {
        return reader.last == 0 ? 1 : 1 + random.nextLong(reader.last);
    }

    private void pass(long millis) {
        now += millis;
        dispatch.unpark(now);
        partitions.forEach(facts -> facts.forEach(fact -> fact.unparkBy(now)));
    }

    private void dead(Reader reader) {
        long offset = anyOffset(reader);
        Fact fact = reader.held.remove(offset);
        Held released = reader.ledger.release(offset);
        assertThat(released != null).isEqualTo(fact != null);
        if (fact != null && released instanceof Pending pending) {
            fact.state = State.DYING;
            dying.put(fact, pending);
        }
    }

    private void unread(Reader reader) {
        long first = 1 + random.nextLong(reader.last + 1);
        reader.ledger.rollBack(first);
        var gone = reader.held.tailMap(first, true);
        gone.values().forEach(fact -> fact.state = State.WAITING);
        gone.clear();
        reader.last = reader.ledger.last();
        assertThat(reader.last).isLessThan(Math.max(first, reader.ledger.firstOpen()));
    }

    private void close(Reader reader) {
        reader.open = false;
        readers.remove(reader);
        if (reader.process == null || isAlone(reader.process) && random.nextInt(3) == 0) {
            dispatch.close(reader.member);
            claims.keySet().stream()
                    .filter(claim -> claim.process.equals(reader.process))
                    .forEach(claim -> claim.released = true);
            reader.held.values().forEach(this::endUnconfirmed);
        } else {
            Claim claim = new Claim(reader.process);
            Reservation reservation = dispatch.closeReserving(reader.member);
            if (reservation != null) {
                claims.put(claim, reservation);
            }
            reader.held.values().forEach(fact -> {
                endUnconfirmed(fact);
                fact.claim = claim;
            });
            reader.held.values().forEach(keys::claimTheRest);
            assertThat(reservation == null)
                    .isEqualTo(reader.held.values().stream().noneMatch(Fact::isClaimed));
        }
        takeExhausted();
        reader.ledger.confirm(reader.last);
    }

    private boolean isAlone(String process) {
        return readers.stream().noneMatch(reader -> process.equals(reader.process));
    }

    private void release() {
        if (!claims.isEmpty()) {
            Claim claim = new ArrayList<>(claims.keySet()).get(random.nextInt(claims.size()));
            claim.released = true;
            dispatch.release(claims.remove(claim));
        }
    }

    private void expire(Reader reader) {
        if (reader.held.isEmpty()) {
            return;
        }
        long upTo = reader.held.firstKey() + random.nextInt(4);
        List<Fact> due = new ArrayList<>(reader.held.headMap(upTo, true).values());
        List<Fact> late = new ArrayList<>();
        for (Fact other : reader.held.tailMap(upTo, false).values()) {
            if (due.stream().anyMatch(fact -> fact.sameKey(other))) {
                late.add(other);
            }
        }
        due.addAll(late);
        dispatch.expire(reader.member, upTo);
        due.forEach(fact -> partitions.get(fact.partition).stream()
                .filter(other -> other.sameKey(fact))
                .forEach(other -> other.claim = null));
        reader.held.values().removeAll(due);
        due.forEach(this::endUnconfirmed);
        takeExhausted();
    }

    private void endUnconfirmed(Fact fact) {
        fact.attempts++;
        fact.state = isExhausted(fact) ? State.DYING : State.WAITING;
        fact.holder = null;
        fact.claim = null;
    }

    private boolean isExhausted(Fact fact) {
        return maxDeliveries > 0 && fact.attempts >= maxDeliveries;
    }

    private void takeExhausted() {
        for (Pending next = dispatch.nextExhausted(); next != null; next = dispatch.nextExhausted()) {
            Fact fact = partitions.get(next.partition()).get((int) next.position());
            assertThat(fact.state).isEqualTo(State.DYING);
            assertThat(dying.put(fact, next)).isNull();
        }
    }

    private void buryAll() {
        dying.forEach((fact, pending) -> {
            dispatch.bury(pending);
            fact.state = State.SETTLED;
        });
        dying.clear();
    }

    private void restart() {
        List<Cursor> cursors = new ArrayList<>();
        List<Map<Long, Long>> dues = new ArrayList<>();
        for (int p = 0; p < partitions.size(); p++) {
            cursors.add(dispatch.cursor(p));
            dues.add(dispatch.dues(p));
        }
        readers.clear();
        dying.clear();
        claims.clear();
        dispatch = new GroupDispatch(new GroupDispatch.Limits(maxWaiting, maxDeliveries), Allowance.UNLIMITED);
        for (int p = 0; p < partitions.size(); p++) {
            dispatch.assigned(cursors.get(p), dues.get(p));
        }
        for (List<Fact> facts : partitions) {
            facts.stream().filter(Fact::open).forEach(fact -> {
                fact.state = State.UNREAD;
                fact.holder = null;
                fact.claim = null;
            });
        }
    }

    /// Everything still open can be delivered to one patient instance, or dies.
    private void finish() {
        List.copyOf(readers).forEach(this::close);
        buryAll();
        claims.forEach((claim, reservation) -> {
            claim.released = true;
            dispatch.release(reservation);
        });
        assertThat(dispatch.isReserving()).isFalse();
        Reader last = new Reader();
        for (int round = 0; round < 200; round++) {
            last.ledger.ask(1000, 100_000);
            pass(1_000);
            pump(50);
            confirm(last, last.last);
            buryAll();
        }
        for (List<Fact> facts : partitions) {
            assertThat(facts).noneMatch(Fact::open);
        }
        for (int p = 0; p < partitions.size(); p++) {
            assertThat(dispatch.cursor(p)).isEqualTo(Cursor.at(dispatch.readTo(p)));
        }
    }

    int delivered() {
        return delivered;
    }
}
