package dev.tidings.broker.dispatch;

import org.jspecify.annotations.Nullable;

/// The busy keys of a partition by their hash: open addressing, linear probing, no boxes.
final class KeyTable {
    private static final int SMALLEST = 16;

    private @Nullable KeyQueue[] slots = new KeyQueue[SMALLEST];
    private int size;

    int size() {
        return size;
    }

    @Nullable
    KeyQueue get(long hash) {
        int mask = slots.length - 1;
        for (int at = home(hash, mask); ; at = (at + 1) & mask) {
            KeyQueue found = slots[at];
            if (found == null || found.hash == hash) {
                return found;
            }
        }
    }

    KeyQueue add(long hash) {
        if (2 * (size + 1) > slots.length) {
            resize(slots.length * 2);
        }
        KeyQueue added = new KeyQueue(hash);
        insert(added);
        size++;
        return added;
    }

    void remove(long hash) {
        int mask = slots.length - 1;
        int at = home(hash, mask);
        while (true) {
            KeyQueue found = slots[at];
            if (found == null) {
                return;
            }
            if (found.hash == hash) {
                break;
            }
            at = (at + 1) & mask;
        }
        size--;
        closeGap(at);
        if (slots.length > SMALLEST && 8 * size < slots.length) {
            resize(slots.length / 2);
        }
    }

    /// Moves those back that the gap would cut off from their home.
    private void closeGap(int emptied) {
        int mask = slots.length - 1;
        int gap = emptied;
        for (int at = (gap + 1) & mask; ; at = (at + 1) & mask) {
            KeyQueue found = slots[at];
            if (found == null) {
                slots[gap] = null;
                return;
            }
            int distance = (at - home(found.hash, mask)) & mask;
            if (distance >= ((at - gap) & mask)) {
                slots[gap] = found;
                gap = at;
            }
        }
    }

    private void resize(int capacity) {
        @Nullable KeyQueue[] old = slots;
        slots = new KeyQueue[capacity];
        for (KeyQueue queue : old) {
            if (queue != null) {
                insert(queue);
            }
        }
    }

    private void insert(KeyQueue queue) {
        int mask = slots.length - 1;
        int at = home(queue.hash, mask);
        while (slots[at] != null) {
            at = (at + 1) & mask;
        }
        slots[at] = queue;
    }

    /// The hashes are mixed already.
    private static int home(long hash, int mask) {
        return (int) (hash ^ hash >>> 32) & mask;
    }
}
