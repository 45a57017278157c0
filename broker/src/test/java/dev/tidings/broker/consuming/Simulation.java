package dev.tidings.broker.consuming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.consuming.Instance.Settlement;
import dev.tidings.model.Delivery;
import dev.tidings.model.EventType;
import dev.tidings.model.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The whole consuming side through one random life: appends and reads are held, fail and pass in any order of
/// turns, instances come and go, the broker crashes. What a consumer can see is checked against what it was
/// promised.
final class Simulation {
    private static final List<EventType> TYPES = List.of(Room.DONE, Room.UNDONE);

    private final Random random;
    private final Room room;
    private final Trouble trouble;
    private final int inflight;
    private final @Nullable Integer maxDeliveries;
    private final @Nullable Duration ackTimeout;
    private final @Nullable String filter;
    private final List<Reader> readers = new ArrayList<>();
    /// The key of each event, by id; ids are published in order.
    private final Map<Integer, @Nullable String> keys = new HashMap<>();
    /// What a consumer ever asked to settle: it may be settled, whatever was answered.
    private final Set<Integer> asked = new HashSet<>();
    /// What was answered as settled.
    private final Set<Integer> answered = new HashSet<>();
    /// Until when an event waits that was released, durably.
    private final Map<Integer, Instant> dues = new HashMap<>();
    private int published;
    private int crashes;

    /// An instance, as its consumer sees it.
    private final class Reader implements Outlet {
        final TreeMap<Long, Integer> held = new TreeMap<>();
        final Map<Long, Instant> since = new HashMap<>();
        final Set<Long> late = new HashSet<>();
        final boolean polling = random.nextBoolean();
        Instance instance;
        long last;
        int reports;
        long reported;
        final ArrayDeque<CompletableFuture<List<Delivery>>> polls = new ArrayDeque<>();
        /// When what was polled was handed out, though it is looked at later.
        final Map<Long, Instant> handedOut = new HashMap<>();

        boolean gone;

        @Override
        public void deliver(List<Delivery> deliveries) {
            if (gone) {
                return;
            }
            for (Delivery delivery : deliveries) {
                take(delivery.offset(), Integer.parseInt(Reading.id(delivery.json())));
            }
        }

        @Override
        public void ended(Ending ending) {
            throw new AssertionError("ended: " + ending);
        }

        void poll(int max, Duration timeout) {
            polls.add(instance.poll(max, 1 << 16, timeout)
                    .thenApply(polled -> {
                        polled.forEach(delivery -> handedOut.put(delivery.offset(), room.clock.instant()));
                        return polled;
                    })
                    .toCompletableFuture());
        }

        void take(long offset, int event) {
            assertThat(offset).isEqualTo(last + 1);
            last = offset;
            assertThat(answered).as("settled events stay settled").doesNotContain(event);
            checkOrder(this, event);
            held.put(offset, event);
            Instant handed = handedOut.remove(offset);
            since.put(offset, handed == null ? room.clock.instant() : handed);
            Instant due = dues.remove(event);
            assertThat(due == null || !since.get(offset).isBefore(due))
                    .as("%d comes before it is due", event)
                    .isTrue();
            late.remove(offset);
            assertThat(held.size() - expired().size()).isLessThanOrEqualTo(inflight + reports);
        }

        /// What it holds as far as it knows, and may have been taken back, for itself or with an earlier one of its
        /// key. That stays so, also when the earlier one is settled.
        List<Integer> expired() {
            Instant limit =
                    ackTimeout == null ? Instant.MIN : room.clock.instant().minus(ackTimeout);
            Set<String> lateKeys = new HashSet<>();
            held.forEach((offset, event) -> {
                String key = keys.get(event);
                if (!since.get(offset).isAfter(limit) || lateKeys.contains(key)) {
                    late.add(offset);
                    lateKeys.add(key == null ? "none of " + event : key);
                }
            });
            return held.entrySet().stream()
                    .filter(entry -> late.contains(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .toList();
        }

        /// What was settled is not held.
        void settled(Set<Integer> events) {
            expired();
            held.values().removeAll(events);
        }
    }

    Simulation(long seed) {
        random = new Random(seed);
        room = new Room(Room.tight(random));
        trouble = new Trouble(random, room);
        inflight = 1 + random.nextInt(6);
        maxDeliveries = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : null;
        ackTimeout = random.nextInt(3) == 0 ? Duration.ofSeconds(1) : null;
        filter = random.nextInt(3) == 0 ? "{\"not\":{\"suffix\":{\"id\":\"7\"}}}" : null;
    }

    void run(int steps) {
        for (int i = 0; i < steps; i++) {
            step();
        }
        finish();
    }

    private void step() {
        Reader reader = readers.isEmpty() ? null : readers.get(random.nextInt(readers.size()));
        int action = random.nextInt(100);
        if (action < 20) {
            publish();
        } else if (action < 50) {
            trouble.next();
        } else if (reader == null || action < 54 && readers.size() < 5) {
            open();
        } else if (action < 68) {
            want(reader);
        } else if (action < 84) {
            confirm(reader);
        } else if (action < 89) {
            dead(reader);
        } else if (action < 92) {
            unread(reader);
        } else if (action < 95) {
            release(reader);
        } else if (action < 98) {
            close(reader);
        } else {
            crash();
        }
        if (random.nextBoolean()) {
            turn();
        }
    }

    private void publish() {
        if (published < 60) {
            boolean open = random.nextInt(4) > 0;
            String key = open ? "k" + random.nextInt(4) : null;
            keys.put(published, key);
            if (filter != null && published % 10 == 7) {
                asked.add(published);
                answered.add(published); // what is kept out counts as confirmed
            }
            room.engine.appends().open();
            room.publish(TYPES.get(random.nextInt(2)), key, Integer.toString(published++));
        }
    }

    private void open() {
        room.engine.appends().open();
        Reader reader = new Reader();
        String process = random.nextBoolean() ? null : "p" + random.nextInt(3);
        Opening opening = new Opening(
                        "~default",
                        Set.of(Lane.EVENTS),
                        inflight,
                        null,
                        maxDeliveries,
                        new Opening.Start.Earliest(),
                        new Opening.Patience(process, ackTimeout))
                .withFilter(filter);
        var opened = room.consuming
                .open(new dev.tidings.model.Caller(Room.READER), opening, reader)
                .toCompletableFuture();
        room.loop.run();
        if (opened.isDone() && opened.join() instanceof Opened.Open(Instance instance)) {
            reader.instance = instance;
            readers.add(reader);
        } else {
            throw new AssertionError("not open: " + opened);
        }
    }

    private void want(Reader reader) {
        if (reader.polling) {
            int max = 1 + random.nextInt(5);
            Duration timeout = Duration.ofMillis(random.nextInt(3) * 100L);
            reader.poll(max, timeout);
        } else {
            reader.instance.grant(1 + random.nextInt(400));
        }
    }

    private void turn() {
        room.loop.run();
        for (Reader reader : readers) {
            takePolled(reader);
        }
    }

    private void takePolled(Reader reader) {
        while (!reader.polls.isEmpty() && reader.polls.element().isDone()) {
            reader.deliver(reader.polls.remove().join());
        }
    }

    private void confirm(Reader reader) {
        turn();
        long offset = reader.last == 0 ? 0 : random.nextLong(reader.last + 1);
        var confirmed = reader.held.headMap(offset, true);
        Set<Integer> events = new HashSet<>(confirmed.values());
        asked.addAll(events);
        reader.expired().forEach(events::remove); // their confirmation may come too late
        confirmed.clear();
        settles(reader.instance.confirm(offset).toCompletableFuture(), events);
        room.loop.run();
    }

    private void dead(Reader reader) {
        turn();
        if (!reader.held.isEmpty()) {
            long offset = reader.held.firstKey() + random.nextInt(3);
            Integer event = reader.held.get(offset);
            if (event != null) {
                reader.reports++;
                reader.reported = Math.max(reader.reported, offset);
                boolean first = asked.add(event);
                int life = crashes;
                var settlement = reader.instance
                        .dead(Reading.report(offset, event.toString()))
                        .toCompletableFuture();
                settles(settlement, Set.of(event));
                var _ = settlement.whenComplete((_, failure) -> {
                    if (first && life == crashes && failure != null && Trouble.isWithoutEffect(failure)) {
                        asked.remove(event);
                    }
                });
                room.loop.run();
            }
        }
    }

    private void settles(CompletableFuture<Settlement> settlement, Set<Integer> events) {
        var _ = settlement.whenComplete((result, failure) -> {
            if (failure == null) {
                assertThat(result).isIn(Settlement.DONE, Settlement.ENDED, Settlement.UNMATCHED);
                if (result == Settlement.DONE) {
                    asked.addAll(events);
                    answered.addAll(events);
                    readers.forEach(reader -> reader.settled(events));
                }
            }
        });
    }

    private void unread(Reader reader) {
        turn();
        if (!reader.held.isEmpty() && reader.polls.isEmpty()) {
            // what was reported had been read
            long first = Math.max(reader.reported + 1, reader.held.firstKey() + random.nextInt(3));
            reader.expired();
            reader.held.tailMap(first, true).clear();
            reader.last = Math.min(reader.last, first - 1);
            reader.instance.unread(first);
            room.loop.run();
        }
    }

    /// What was reported, or may have been taken back, is not this reader's to release.
    private void release(Reader reader) {
        turn();
        if (reader.held.isEmpty()) {
            return;
        }
        long offset = reader.held.firstKey() + random.nextInt(3);
        Integer event = reader.held.get(offset);
        reader.expired();
        if (event == null || offset <= reader.reported || reader.late.contains(offset)) {
            return;
        }
        String key = keys.get(event);
        reader.held.tailMap(offset, true).values().removeIf(other -> event.equals(other) || isOf(key, other));
        Duration delay = Duration.ofMillis(random.nextInt(3) * 300L);
        Instant due = room.clock.instant().plus(delay);
        var _ = reader.instance.singly().release(offset, delay).thenAccept(_ -> dues.put(event, due));
        room.loop.run();
    }

    private boolean isOf(@Nullable String key, int event) {
        return key != null && key.equals(keys.get(event));
    }

    private void close(Reader reader) {
        turn();
        reader.gone = true;
        readers.remove(reader);
        reader.instance.close();
        room.loop.run();
    }

    private void crash() {
        turn();
        readers.forEach(reader -> reader.gone = true);
        readers.clear();
        crashes++;
        room.crash();
    }

    /// What is earlier of the key is settled, or with the same instance, or used up.
    private void checkOrder(Reader taker, int event) {
        String key = keys.get(event);
        for (int earlier = 0; earlier < event && key != null; earlier++) {
            if (key.equals(keys.get(earlier)) && !asked.contains(earlier) && maxDeliveries == null) {
                assertThat(taker.held.values())
                        .as("%d follows %d of %s", event, earlier, key)
                        .contains(earlier);
            }
        }
    }

    /// One patient instance gets all that is open.
    private void finish() {
        room.engine.appends().open();
        room.engine.reads().open();
        room.loop.advance(Duration.ofMinutes(1));
        for (Reader reader : List.copyOf(readers)) {
            close(reader);
        }
        room.loop.advance(Duration.ofMinutes(1));
        open();
        Reader last = readers.getFirst();
        for (int round = 0; round < 100; round++) {
            if (last.polling) {
                last.poll(10, Duration.ZERO);
            } else {
                last.instance.grant(1 << 16);
            }
            turn();
            asked.addAll(last.held.values());
            Set<Integer> events = Set.copyOf(last.held.values());
            last.held.clear();
            settles(last.instance.confirm(last.last).toCompletableFuture(), events);
            room.loop.run();
        }
        if (maxDeliveries == null) {
            assertThat(asked).hasSize(published);
        }
        GroupStatus status = room.now(room.consuming.statuses()).getFirst();
        assertThat(status.lagEvents()).isZero();
        assertThat(status.inFlight()).isZero();
    }
}
