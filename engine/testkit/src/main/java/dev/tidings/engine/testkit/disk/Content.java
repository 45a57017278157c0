package dev.tidings.engine.testkit.disk;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// The bytes of a file, in pages; pages of zeros take no room.
final class Content {
    private static final int PAGE = 4096;

    private final Map<Long, byte[]> pages = new HashMap<>();
    private long size;

    long size() {
        return size;
    }

    int read(ByteBuffer into, long position) {
        int wanted = (int) Math.max(0, Math.min(into.remaining(), size - position));
        int done = 0;
        while (done < wanted) {
            int within = (int) ((position + done) % PAGE);
            int count = Math.min(PAGE - within, wanted - done);
            into.put(pages.getOrDefault((position + done) / PAGE, new byte[PAGE]), within, count);
            done += count;
        }
        return wanted;
    }

    void write(byte[] bytes, Crash.Part part, long position) {
        int at = part.from();
        while (at < part.to()) {
            int within = (int) ((position + at) % PAGE);
            int count = Math.min(PAGE - within, part.to() - at);
            long page = (position + at) / PAGE;
            if (pages.containsKey(page) || !isZero(bytes, at, count)) {
                System.arraycopy(bytes, at, pages.computeIfAbsent(page, _ -> new byte[PAGE]), within, count);
            }
            at += count;
        }
        size = Math.max(size, position + part.to());
    }

    private static boolean isZero(byte[] bytes, int from, int count) {
        for (int i = from; i < from + count; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /// Cuts the file, or extends it with zeros.
    void length(long newSize) {
        if (newSize < size) {
            pages.keySet().removeIf(page -> page * PAGE >= newSize);
            byte[] last = pages.get(newSize / PAGE);
            if (last != null) {
                Arrays.fill(last, (int) (newSize % PAGE), PAGE, (byte) 0);
            }
        }
        size = newSize;
    }

    void flipBit(long position) {
        byte[] page = pages.computeIfAbsent(position / PAGE, _ -> new byte[PAGE]);
        page[(int) (position % PAGE)] ^= 1;
    }

    Content copy() {
        Content copy = new Content();
        pages.forEach((number, page) -> copy.pages.put(number, page.clone()));
        copy.size = size;
        return copy;
    }
}
