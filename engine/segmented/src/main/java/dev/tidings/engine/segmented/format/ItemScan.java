package dev.tidings.engine.segmented.format;

import dev.tidings.model.ClientName;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;
import dev.tidings.model.StreamName;

/// Reads items and hands them on. Throws a [RuntimeException] where the bytes are no items.
public final class ItemScan {
    private static final int ITEM_HEADER = 8;

    private ItemScan() {}

    public static void scan(byte[] array, int from, int to, ItemSink sink) {
        int at = from;
        while (at < to) {
            int length = to - at < ITEM_HEADER ? -1 : Packed.intAt(array, at);
            if (length < ITEM_HEADER || length > to - at) {
                throw new IndexOutOfBoundsException("an item of %d bytes at %d, of %d".formatted(length, at, to));
            }
            int kind = Packed.intAt(array, at + Integer.BYTES);
            if (kind >= 0) {
                requireEntry(array, at, at + length);
                sink.entry(array, at);
            } else {
                hand(kind, new Reader(array, at + ITEM_HEADER, at + length), sink);
            }
            at += length;
        }
    }

    private static void requireEntry(byte[] array, int at, int end) {
        if (!EntryFormat.holds(array, at, end)) {
            throw new IndexOutOfBoundsException("an entry at %d that reaches behind its end at %d".formatted(at, end));
        }
    }

    private static void hand(int kind, Reader in, ItemSink sink) {
        switch (kind) {
            case Items.STREAM -> sink.stream(in.readInt(), new StreamName(in.readText()));
            case Items.TYPE -> sink.type(in.readInt(), in.readInt(), new EventType(in.readText()));
            case Items.CURSOR -> {
                int stream = in.readInt();
                GroupName group = new GroupName(new ClientName(in.readText()), in.readText());
                sink.cursor(stream, group, CursorFormat.read(in));
            }
            case Items.FORGET -> sink.forget(new GroupName(new ClientName(in.readText()), in.readText()));
            case Items.PUT -> sink.put(in.readText(), in.readText(), in.readBytes());
            case Items.REMOVE -> sink.remove(in.readText(), in.readText());
            case Items.FIRST -> sink.first(in.readInt(), in.readLong());
            default -> sink.other(kind, in);
        }
    }
}
