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
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Random histories of a group with gates: what is unconfirmed of a type is what is inside its gate, a key's order
/// holds, nothing that may pass is left, and in the end all is settled and the gates are empty.
class GatesModelTest {
    @Property(tries = 500)
    void keepsOrderAndAccountsWhateverHappens(@ForAll long seed) {
        Life life = new Life(new Random(seed));
        for (int i = 0; i < 250; i++) {
            life.step();
            life.check();
        }
        life.finish();
    }

    private static final class Life {
        final Random random;
        final List<EventType> types =
                List.of(new EventType("a.b.c.Slow"), new EventType("a.b.c.Slower"), new EventType("a.b.c.Free"));
        final Map<EventType, CountingGate> gates = new HashMap<>();
        final GroupDispatch dispatch =
                new GroupDispatch(new GroupDispatch.Limits(200, 0), Allowance.UNLIMITED, type -> gates.get(type));
        final int partition = dispatch.assigned(Cursor.at(0));
        final List<StoredEvent> events = new ArrayList<>();
        final Map<Long, Reader> holders = new HashMap<>();
        final boolean[] settled = new boolean[10_000];
        final List<Reader> readers = new ArrayList<>();
        final List<Pending> dying = new ArrayList<>();

        Life(Random random) {
            this.random = random;
            changeGates();
        }

        final class Reader implements Recipient {
            final Ledger ledger = new Ledger("reader", 1 + random.nextInt(6), this);
            final GroupMember member = dispatch.open(ledger, null);
            final TreeMap<Long, Long> held = new TreeMap<>();

            @Override
            public void take(long offset, Held given) {
                long position = given.position();
                StoredEvent event = events.get((int) position);
                assertThat(holders.get(position)).isNull();
                for (StoredEvent before : events.subList(0, (int) position)) {
                    if (event.keyHash() != 0 && before.keyHash() == event.keyHash()) {
                        assertThat(settled[(int) before.position()] || holders.get(before.position()) == this)
                                .isTrue();
                    }
                }
                held.put(offset, position);
                holders.put(position, this);
            }
        }

        void step() {
            Reader reader = readers.isEmpty() ? null : readers.get(random.nextInt(readers.size()));
            switch (random.nextInt(12)) {
                case 0, 1 -> read(random.nextInt(6));
                case 2 -> {
                    if (readers.size() < 4) {
                        readers.add(new Reader());
                    }
                }
                case 3, 4 -> ask(reader);
                case 5, 6 -> confirm(reader);
                case 7 -> rollBack(reader);
                case 8 -> expire(reader);
                case 9 -> report(reader);
                case 10 -> close(reader);
                default -> {
                    if (random.nextInt(8) == 0) {
                        changeGates();
                    } else {
                        gates.values().forEach(gate -> gate.most = random.nextInt(4));
                    }
                }
            }
            turn();
        }

        void read(int count) {
            for (int i = 0; i < count; i++) {
                EventType type = types.get(random.nextInt(types.size()));
                StoredEvent event =
                        new StoredEvent(events.size(), 0, type, random.nextInt(5), true, Bytes.of(new byte[10]));
                events.add(event);
                dispatch.accept(partition, event);
            }
        }

        void ask(Reader reader) {
            if (reader != null) {
                reader.ledger.ask(1 + random.nextInt(5), 10_000);
            }
        }

        void confirm(Reader reader) {
            if (reader != null && reader.ledger.last() > 0) {
                long upTo = 1 + random.nextLong(reader.ledger.last());
                reader.ledger.confirm(upTo);
                var confirmed = reader.held.headMap(upTo, true);
                confirmed.values().forEach(this::settle);
                confirmed.clear();
            }
        }

        void settle(long position) {
            settled[(int) position] = true;
            holders.remove(position);
        }

        void rollBack(Reader reader) {
            if (reader != null && !reader.held.isEmpty()) {
                long first = reader.held.lastKey();
                reader.ledger.rollBack(first);
                holders.remove(reader.held.remove(first));
            }
        }

        void expire(Reader reader) {
            if (reader != null && !reader.held.isEmpty()) {
                dispatch.expire(reader.member, reader.held.firstKey());
                reader.held.entrySet().removeIf(entry -> {
                    boolean back = reader.ledger.held(entry.getKey()) == null;
                    if (back) {
                        holders.remove(entry.getValue());
                    }
                    return back;
                });
            }
        }

        void report(Reader reader) {
            if (reader == null || reader.held.isEmpty()) {
                return;
            }
            long offset = reader.held.firstKey();
            if (reader.ledger.release(offset) instanceof Pending pending) {
                long position = reader.held.remove(offset);
                holders.remove(position);
                if (random.nextInt(3) == 0) {
                    dispatch.revive(pending);
                } else {
                    dying.add(pending);
                }
            }
        }

        void close(Reader reader) {
            if (reader != null) {
                reader.held.values().forEach(holders::remove);
                readers.remove(reader);
                dispatch.close(reader.member);
            }
        }

        void changeGates() {
            gates.clear();
            for (EventType type : types.subList(0, 2)) {
                if (random.nextBoolean()) {
                    gates.put(type, new CountingGate(random.nextInt(4)));
                }
            }
            dispatch.gatesChanged(!gates.isEmpty());
        }

        void turn() {
            dying.forEach(pending -> {
                dispatch.bury(pending);
                settled[(int) pending.position()] = true;
            });
            dying.clear();
            dispatch.askGates();
            dispatch.assign();
            dispatch.tellGates();
        }

        void check() {
            gates.forEach((type, gate) -> {
                long held = holders.keySet().stream()
                        .filter(position ->
                                events.get(position.intValue()).type().equals(type))
                        .count();
                assertThat(gate.inside).isEqualTo((int) held);
            });
            if (readers.stream().anyMatch(reader -> reader.ledger.hasRoom())) {
                events.forEach(this::checkThatItDoesNotWaitInVain);
            }
        }

        /// Somebody has room: an event without a key waits only at a gate that is full.
        void checkThatItDoesNotWaitInVain(StoredEvent event) {
            boolean waits =
                    event.keyHash() == 0 && !settled[(int) event.position()] && !holders.containsKey(event.position());
            CountingGate gate = gates.get(event.type());
            if (waits) {
                assertThat(gate).isNotNull();
                assertThat(gate.inside).isGreaterThanOrEqualTo(gate.most);
                assertThat(gate.waiting).isPositive();
            }
        }

        void finish() {
            gates.values().forEach(gate -> gate.most = 1);
            List.copyOf(readers).forEach(this::close);
            Reader last = new Reader();
            readers.add(last);
            for (int i = 0; i <= events.size() + 1; i++) {
                last.ledger.ask(100, 100_000);
                turn();
                last.ledger.confirm(last.ledger.last());
                last.held.values().forEach(this::settle);
                last.held.clear();
            }
            for (StoredEvent event : events) {
                assertThat(settled[(int) event.position()]).isTrue();
            }
            gates.values().forEach(gate -> assertThat(gate.inside).isZero());
        }
    }
}
