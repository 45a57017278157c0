package dev.tidings.testkit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has handlers that are ready at the same time, each with an event of another key, do their work one after the
/// other, in an order that a seed draws. May be used by any thread.
final class Shuffle {
    private static final Logger LOG = LoggerFactory.getLogger(Shuffle.class);

    /// So that a test whose events don't come fails, and does not hang.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Turn> gathered = new ArrayList<>();
    private final Deque<Turn> order = new ArrayDeque<>();
    private Random random = new Random();
    private int wanted;

    /// A handler's time to work.
    final class Turn {
        private final String key;

        Turn(String key) {
            this.key = key;
        }

        void end() {
            lock.lock();
            try {
                order.remove(this);
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /// The next so many wait for each other.
    void next(int handlers, long seed) {
        lock.lock();
        try {
            random = new Random(seed);
            wanted = handlers;
        } finally {
            lock.unlock();
        }
    }

    /// Lets those go who wait.
    void end() {
        lock.lock();
        try {
            wanted = 0;
            draw();
        } finally {
            lock.unlock();
        }
    }

    /// Returns when it is the caller's turn.
    ///
    /// @param key of the event that it is about to handle
    Turn enter(String key) {
        Turn turn = new Turn(key);
        lock.lock();
        try {
            if (gathered.size() < wanted) {
                gathered.add(turn);
                if (gathered.size() == wanted) {
                    wanted = 0;
                    draw();
                }
                await(turn);
            }
            return turn;
        } finally {
            lock.unlock();
        }
    }

    private void draw() {
        gathered.sort(Comparator.comparing(turn -> turn.key)); // in whichever order they came, the draw is the same
        Collections.shuffle(gathered, random);
        order.addAll(gathered);
        gathered.clear();
        changed.signalAll();
    }

    private void await(Turn turn) {
        long left = PATIENCE.toNanos();
        try {
            while (order.peek() != turn) {
                if (left <= 0) {
                    LOG.warn("fewer handlers than wanted were ready at the same time: they go on as they are");
                    end();
                    return;
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
