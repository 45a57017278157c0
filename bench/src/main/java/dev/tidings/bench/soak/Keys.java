package dev.tidings.bench.soak;

/// The partition keys of a soak, numbered from 0, and how many events of each were made. Belongs to one thread.
final class Keys {
    private final int[] made;

    Keys(int count) {
        made = new int[count];
    }

    int count() {
        return made.length;
    }

    /// The number of the next event of the key, from 0.
    int next(int key) {
        return made[key]++;
    }

    int made(int key) {
        return made[key];
    }

    long all() {
        long sum = 0;
        for (int of : made) {
            sum += of;
        }
        return sum;
    }
}
