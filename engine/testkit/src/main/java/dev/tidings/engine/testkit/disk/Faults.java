package dev.tidings.engine.testkit.disk;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which operations go wrong: counts them, and knows the one to fail.
final class Faults {
    private final Map<Operation, Long> counts = new EnumMap<>(Operation.class);
    private final List<Planned> planned = new ArrayList<>();
    private final Set<Operation> broken = EnumSet.noneOf(Operation.class);
    private long untilCrash = Long.MAX_VALUE;

    /// What happens to an operation.
    enum Outcome {
        WORKS,
        FAILS,
        CRASHES
    }

    private static final class Planned {
        private final Set<Operation> kinds;
        private long left;

        Planned(Set<Operation> kinds, long left) {
            this.kinds = kinds;
            this.left = left;
        }

        boolean isNow(Operation operation) {
            return kinds.contains(operation) && --left == 0;
        }
    }

    void crashAt(long n) {
        untilCrash = n;
    }

    void failAt(long n, Set<Operation> kinds) {
        planned.add(new Planned(EnumSet.copyOf(kinds), n));
    }

    void breakAll(Set<Operation> kinds) {
        broken.addAll(kinds);
    }

    void heal() {
        planned.clear();
        broken.clear();
        untilCrash = Long.MAX_VALUE;
    }

    long count(Operation operation) {
        return counts.getOrDefault(operation, 0L);
    }

    Outcome next(Operation operation) {
        counts.merge(operation, 1L, Long::sum);
        if (operation.changes() && --untilCrash == 0) {
            return Outcome.CRASHES;
        }
        boolean now = broken.contains(operation);
        for (Planned one : planned) {
            now |= one.isNow(operation);
        }
        return now ? Outcome.FAILS : Outcome.WORKS;
    }
}
