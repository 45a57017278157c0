package dev.tidings.engine.segmented;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.engine.Corrupt;
import dev.tidings.engine.disk.DiskFile;
import dev.tidings.engine.segmented.format.Packed;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Files that make no sense although their checksums hold: a checksum is no proof of who wrote what it covers.
@Timeout(60)
class NonsenseTest {
    private static final String SEGMENT = "streams/0-Acme.Shop/00000000000000000000.seg";
    private static final String INDEX = "streams/0-Acme.Shop/00000000000000000000.ix";
    private static final int BLOCK = 1024;
    private static final int ENTRY = BLOCK + 112;

    /// Changes a file, and makes its checksums right.
    @FunctionalInterface
    private interface Forgery {
        void change(byte[] bytes);
    }

    @Test
    void isRefusedAsTheShapeOfARing() throws IOException {
        try (Store store = withSegments()) {
            forge(store, "format", format -> {
                Packed.putInt(format, 16, Integer.MAX_VALUE);
                Packed.putInt(format, 12, Packed.crc(format, 16, 64));
            });

            refuses(store::open, "format", 16);
        }
    }

    @Test
    void isRefusedAsASlotThatSaysWhereRecoveryBegins() throws IOException {
        try (Store store = withSegments()) {
            forge(store, "checkpoint-a", slot -> {
                Packed.putLong(slot, 24, -4096);
                Packed.putInt(slot, 4, Packed.crc(slot, 8, 64));
            });

            refuses(store::open, "checkpoint-a", 0);
        }
    }

    @Test
    void isRefusedAsASummaryThatEndsTooEarly() throws IOException {
        try (Store store = withSegments()) {
            forge(store, INDEX, index -> {
                index[64] = 100;
                sealSummary(index);
            });

            refuses(store::open, INDEX, 24);
        }
    }

    @Test
    void isRefusedAsASummaryOfTypesThatAreNone() throws IOException {
        try (Store store = withSegments()) {
            forge(store, INDEX, index -> {
                index[65] = 77;
                sealSummary(index);
            });

            refuses(store::open, INDEX, 0);
        }
    }

    @Test
    void isRefusedAsRunsThatLieBehindTheSegment() throws IOException {
        try (Store store = withSegments()) {
            int[] end = new int[1];
            forge(store, INDEX, index -> {
                end[0] = 24 + Packed.intAt(index, 8);
                Packed.putLong(index, end[0] + 8, 1L << 40);
                Packed.putInt(index, 20, Packed.crc(index, end[0], index.length));
                sealSummary(index);
            });
            store.open();

            refuses(() -> store.read(Store.PLACED.stream()), INDEX, end[0]);
        }
    }

    @Test
    void isRefusedAsAnEventWithoutLength() throws IOException {
        refusesAnEntryWith(0, 0);
    }

    @Test
    void isRefusedAsAnEventThatReachesBehindItsBlock() throws IOException {
        refusesAnEntryWith(0, 1 << 20);
        refusesAnEntryWith(48, 1 << 20);
        refusesAnEntryWith(52, -1);
    }

    @Test
    void isRefusedAsAnEventOfATypeThatIsNone() throws IOException {
        refusesAnEntryWith(32, 77);
        refusesAnEntryWith(32, -1);
    }

    @Test
    void isRefusedAsAnEventOfAnotherPosition() throws IOException {
        refusesAnEntryWith(8, 5);
    }

    @Test
    void isRefusedAsABlockWithoutEvents() throws IOException {
        try (Store store = withSegments()) {
            forge(store, SEGMENT, segment -> {
                Packed.putInt(segment, BLOCK + 12, 0);
                sealBlock(segment);
            });
            store.open();

            refuses(() -> store.read(Store.PLACED.stream()), SEGMENT, ENTRY);
        }
    }

    private static void refusesAnEntryWith(int field, int value) throws IOException {
        try (Store store = withSegments()) {
            forge(store, SEGMENT, segment -> {
                Packed.putInt(segment, ENTRY + field, value);
                sealBlock(segment);
            });
            store.open();

            refuses(() -> store.read(Store.PLACED.stream()), SEGMENT, ENTRY);
        }
    }

    private static void sealBlock(byte[] segment) {
        int end = ENTRY + Packed.intAt(segment, BLOCK + 12);
        Packed.putInt(segment, BLOCK + 8, Packed.crc(segment, ENTRY, end));
        Packed.putInt(segment, BLOCK + 4, Packed.crc(segment, BLOCK + 8, ENTRY));
    }

    private static void sealSummary(byte[] index) {
        int end = 24 + Packed.intAt(index, 8);
        Packed.putInt(index, 12, Packed.crc(index, 0, 12) * 31 + Packed.crc(index, 16, end));
    }

    private static void forge(Store store, String path, Forgery forgery) throws IOException {
        try (DiskFile file = store.disk.open(path)) {
            byte[] bytes = new byte[(int) file.size()];
            file.read(ByteBuffer.wrap(bytes), 0);
            forgery.change(bytes);
            file.write(ByteBuffer.wrap(bytes), 0);
            file.sync();
        }
    }

    private static void refuses(ThrowingCallable what, String file, long offset) {
        assertThatThrownBy(what)
                .isInstanceOf(Corrupt.class)
                .hasMessageStartingWith("%s is corrupt at byte %d: ".formatted(file, offset));
    }

    /// Sealed segments, and slots that both hold.
    private static Store withSegments() throws IOException {
        Store store = new Store(SmallStores.CONFIG);
        for (int i = 0; i < 30; i++) {
            store.append("e" + i, 1_000);
        }
        store.engine.checkpoint();
        for (int i = 30; i < 60; i++) {
            store.append("e" + i, 1_000);
        }
        store.engine.close();
        return store;
    }
}
