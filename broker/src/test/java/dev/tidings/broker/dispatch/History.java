package dev.tidings.broker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.engine.Cursor;
import dev.tidings.engine.StoredEvent;
import dev.tidings.model.Bytes;
import dev.tidings.model.EventType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A random history of a group, told to the dispatch and to a model so simple that it can be seen to be right:
/// each event has a state, each instance a map of what it holds.
final class History {
    private static final EventType TYPE = new EventType("a.b.c.Done");

    enum State {
        UNREAD,
        WAITING,
        HELD,
        DYING,
        SETTLED
    }

    /// An event of the model.
    static final class Fact {
        final int partition;
        final long position;
        final long key;
        final boolean selected;
        State state = State.UNREAD;

        @Nullable
        Reader holder;

        int attempts;

        Fact(int partition, long position, long key, boolean selected) {
            this.partition = partition;
            this.position = position;
            this.key = key;
            this.selected = selected;
        }

        boolean open() {
            return selected && state != State.SETTLED;
        }
    }

    /// An instance of the model.
    final class Reader implements Recipient {
        final int window = 1 + random.nextInt(8);
        final Ledger ledger = new Ledger("reader", window, this);
        final GroupMember member = dispatch.open(ledger);
        final TreeMap<Long, Fact> held = new TreeMap<>();
        long last;
        boolean open = true;

        @Override
        public void take(long offset, Held given) {
            Fact fact = partitions.get(given.partition()).get((int) given.position());
            assertThat(offset).isEqualTo(last + 1);
            assertThat(fact.state).isEqualTo(State.WAITING);
            assertThat(held.size()).isLessThan(window);
            checkKeyOrder(this, fact);
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
    private final List<List<Fact>> partitions = new ArrayList<>();
    private final List<Reader> readers = new ArrayList<>();
    private final Map<Fact, Pending> dying = new HashMap<>();
    private GroupDispatch dispatch;
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
            check();
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
        } else if (action < 72) {
            confirm(reader, reader.last == 0 ? 0 : random.nextLong(reader.last + 1));
        } else if (action < 78) {
            dead(reader);
        } else if (action < 84) {
            unread(reader);
        } else if (action < 89) {
            close(reader);
        } else if (action < 93) {
            expire(reader);
        } else if (action < 97) {
            buryAll();
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
        checkNothingAssignableIsLeft();
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
            fact.state = isExhausted(fact) ? State.DYING : State.WAITING;
        }
        assertThat(dispatch.accept(partition, stored(fact))).isEqualTo(fresh);
    }

    private static StoredEvent stored(Fact fact) {
        return new StoredEvent(fact.position, fact.position, TYPE, fact.key, true, Bytes.of(new byte[7]));
    }

    private void confirm(Reader reader, long offset) {
        reader.ledger.confirm(offset);
        var confirmed = reader.held.headMap(offset, true);
        confirmed.values().forEach(fact -> fact.state = State.SETTLED);
        confirmed.clear();
    }

    private void dead(Reader reader) {
        long offset = reader.last == 0 ? 1 : 1 + random.nextLong(reader.last);
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
        dispatch.close(reader.member);
        reader.held.values().forEach(this::endUnconfirmed);
        takeExhausted();
        reader.ledger.confirm(reader.last);
    }

    private void expire(Reader reader) {
        if (reader.held.isEmpty()) {
            return;
        }
        long upTo = reader.held.firstKey() + random.nextInt(4);
        List<Fact> due = new ArrayList<>(reader.held.headMap(upTo, true).values());
        List<Fact> late = new ArrayList<>();
        for (Fact other : reader.held.tailMap(upTo, false).values()) {
            if (due.stream().anyMatch(fact -> sameKey(fact, other))) {
                late.add(other);
            }
        }
        due.addAll(late);
        dispatch.expire(reader.member, upTo);
        reader.held.values().removeAll(due);
        due.forEach(this::endUnconfirmed);
        takeExhausted();
    }

    private void endUnconfirmed(Fact fact) {
        fact.attempts++;
        fact.state = isExhausted(fact) ? State.DYING : State.WAITING;
        fact.holder = null;
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
        for (int p = 0; p < partitions.size(); p++) {
            cursors.add(dispatch.cursor(p));
        }
        readers.clear();
        dying.clear();
        dispatch = new GroupDispatch(new GroupDispatch.Limits(maxWaiting, maxDeliveries), Allowance.UNLIMITED);
        cursors.forEach(dispatch::assigned);
        for (List<Fact> facts : partitions) {
            facts.stream().filter(Fact::open).forEach(fact -> {
                fact.state = State.UNREAD;
                fact.holder = null;
            });
        }
    }

    /// Everything still open can be delivered to one patient instance, or dies.
    private void finish() {
        List.copyOf(readers).forEach(this::close);
        buryAll();
        Reader last = new Reader();
        for (int round = 0; round < 200; round++) {
            last.ledger.ask(1000, 100_000);
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

    private void check() {
        int held = 0;
        int waiting = 0;
        for (List<Fact> facts : partitions) {
            for (Fact fact : facts) {
                held += fact.state == State.HELD ? 1 : 0;
                waiting += fact.state == State.WAITING ? 1 : 0;
            }
        }
        DispatchState state = dispatch.state();
        assertThat(state.inFlight()).isEqualTo(held);
        assertThat(state.waiting()).isEqualTo(waiting);
        assertThat(state.dying()).isEqualTo(dying.size());
        for (Reader reader : readers) {
            assertThat(reader.ledger.inFlight()).isEqualTo(reader.held.size());
        }
        checkCursors();
    }

    private void checkCursors() {
        for (int p = 0; p < partitions.size(); p++) {
            Cursor cursor = dispatch.cursor(p);
            long readTo = dispatch.readTo(p);
            for (Fact fact : partitions.get(p)) {
                boolean settled = fact.position < readTo ? !fact.open() : fact.state == State.SETTLED;
                if (fact.selected || fact.position < readTo) {
                    assertThat(cursor.isSettled(fact.position)).isEqualTo(settled);
                }
                int attempts = fact.open() ? fact.attempts : 0;
                assertThat(cursor.attempts().getOrDefault(fact.position, 0)).isEqualTo(attempts);
            }
        }
    }

    private void checkKeyOrder(Reader taker, Fact given) {
        for (Fact earlier : partitions.get(given.partition).subList(0, (int) given.position)) {
            if (sameKey(earlier, given) && earlier.open()) {
                boolean usedUp = earlier.state == State.DYING && earlier.holder == null;
                boolean withTaker = earlier.holder == taker && taker.open;
                assertThat(earlier.state).isIn(State.HELD, State.DYING);
                assertThat(withTaker || usedUp)
                        .as("%d follows %d: %s, %s", given.position, earlier.position, earlier.state, whose(earlier))
                        .isTrue();
            }
        }
        for (Fact other : partitions.get(given.partition)) {
            if (sameKey(other, given) && other.state == State.HELD) {
                assertThat(other.holder).isSameAs(taker);
            }
        }
    }

    private static String whose(Fact fact) {
        Reader holder = fact.holder;
        return (holder == null ? "nobody's" : holder.open ? "another's" : "of one that is closed") + " after "
                + fact.attempts + " attempts";
    }

    private void checkNothingAssignableIsLeft() {
        boolean someRoom = readers.stream().anyMatch(reader -> reader.ledger.hasRoom());
        for (List<Fact> facts : partitions) {
            for (Fact fact : facts) {
                if (fact.state == State.WAITING) {
                    Reader owner = keyHolder(fact);
                    boolean stuck = owner != null ? !owner.ledger.hasRoom() : keyIsDying(fact) || !someRoom;
                    assertThat(stuck).as("%d waits for a reason", fact.position).isTrue();
                }
            }
        }
    }

    private @Nullable Reader keyHolder(Fact fact) {
        for (Fact other : partitions.get(fact.partition)) {
            if (sameKey(other, fact) && other.state == State.HELD) {
                return other.holder;
            }
        }
        return null;
    }

    private boolean keyIsDying(Fact fact) {
        return partitions.get(fact.partition).stream()
                .anyMatch(other -> sameKey(other, fact) && other.state == State.DYING);
    }

    private static boolean sameKey(Fact one, Fact other) {
        return one.key != 0 && one.key == other.key && one.partition == other.partition;
    }

    int delivered() {
        return delivered;
    }
}
