package dev.tidings.engine.testkit.disk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// What a crash leaves of that which was not synced.
public sealed interface Crash {
    /// The process died, the machine did not: everything is left.
    Crash OF_THE_PROCESS = new OfTheProcess();
    /// Nothing is left but what was synced.
    Crash LOSING_ALL_UNSYNCED = new LosingAllUnsynced();

    /// Each unsynced write is left, lost, or torn into blocks of which each is left or lost; so later ones may
    /// be left where earlier ones are lost. Of the unsynced changes of names, all, none, the first few or any
    /// are left.
    static Crash random(long seed) {
        return new AtRandom(seed, new Random(seed * 0x9E3779B97F4A7C15L));
    }

    /// Which of this many changes of names are left.
    boolean[] namesLeft(int changes);

    /// Which parts of a write are left.
    List<Part> left(long position, int length);

    /// Whether a change of a file's length is left.
    boolean lengthLeft();

    /// Bytes `from` (inclusive) to `to` (exclusive) of a write.
    record Part(int from, int to) {}

    record OfTheProcess() implements Crash {
        @Override
        public boolean[] namesLeft(int changes) {
            boolean[] left = new boolean[changes];
            Arrays.fill(left, true);
            return left;
        }

        @Override
        public List<Part> left(long position, int length) {
            return List.of(new Part(0, length));
        }

        @Override
        public boolean lengthLeft() {
            return true;
        }
    }

    record LosingAllUnsynced() implements Crash {
        @Override
        public boolean[] namesLeft(int changes) {
            return new boolean[changes];
        }

        @Override
        public List<Part> left(long position, int length) {
            return List.of();
        }

        @Override
        public boolean lengthLeft() {
            return false;
        }
    }

    record AtRandom(long seed, Random random) implements Crash {
        @Override
        public boolean[] namesLeft(int changes) {
            boolean[] left = new boolean[changes];
            int way = random.nextInt(4);
            int first = random.nextInt(changes + 1);
            for (int i = 0; i < changes; i++) {
                left[i] = switch (way) {
                    case 0 -> true;
                    case 1 -> i < first;
                    case 2 -> random.nextBoolean();
                    default -> false;
                };
            }
            return left;
        }

        @Override
        public List<Part> left(long position, int length) {
            return switch (random.nextInt(3)) {
                case 0 -> List.of(new Part(0, length));
                case 1 -> torn(position, length, random.nextBoolean() ? 512 : 4096);
                default -> List.of();
            };
        }

        private List<Part> torn(long position, int length, int block) {
            List<Part> parts = new ArrayList<>();
            int from = 0;
            while (from < length) {
                int to = (int) Math.min(length, from + block - (position + from) % block);
                if (random.nextBoolean()) {
                    parts.add(new Part(from, to));
                }
                from = to;
            }
            return parts;
        }

        @Override
        public boolean lengthLeft() {
            return random.nextBoolean();
        }
    }
}
