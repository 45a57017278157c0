package dev.tidings.engine.segmented;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.engine.disk.DiskFile;
import dev.tidings.engine.segmented.format.Packed;
import dev.tidings.engine.segmented.verify.Findings;
import dev.tidings.engine.segmented.verify.Findings.Damage;
import dev.tidings.engine.segmented.verify.Verification;
import dev.tidings.engine.testkit.disk.FaultyDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerificationTest {
    private static final String SEGMENT = "streams/0-Acme.Shop/00000000000000000000.seg";
    private static final String INDEX = "streams/0-Acme.Shop/00000000000000000000.ix";
    private static final int FIRST_BLOCK = 1024;

    @Test
    void findsNothingWrongInAStoreThatWasStoppedOrKilled() throws IOException {
        try (Store store = FilledStores.withSegments()) {
            Findings stopped = Verification.of(store.disk);
            store.open();
            store.append("more", 1_000);
            store.crash();
            Findings killed = Verification.of(store.disk);

            assertThat(stopped.damage()).isEmpty();
            assertThat(stopped.content().events()).isEqualTo(60);
            assertThat(killed.damage()).isEmpty();
            assertThat(killed.content().events()).isEqualTo(61);
        }
    }

    @Test
    void tellsEachBlockThatDoesNotHoldAndWhereTheNextOneDoes() throws IOException {
        try (Store store = FilledStores.withSegments()) {
            store.disk.flipBit(SEGMENT, FIRST_BLOCK + 500);

            Findings findings = Verification.of(store.disk);

            assertThat(findings.damage()).hasSize(1);
            assertThat(findings.damage().getFirst().file()).isEqualTo(SEGMENT);
            assertThat(findings.damage().getFirst().offset()).isEqualTo(FIRST_BLOCK);
        }
    }

    @Test
    void looksAtAllSegmentsWhereTheSnapshotIsDamaged() throws IOException {
        try (Store store = FilledStores.withSegments()) {
            store.disk.flipBit(FilledStores.snapshot(store), 40);
            store.disk.flipBit(SEGMENT, FIRST_BLOCK + 500);

            Findings findings = Verification.of(store.disk);

            assertThat(findings.damage())
                    .extracting(Damage::file)
                    .containsExactly(FilledStores.snapshot(store), SEGMENT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {SEGMENT, INDEX})
    void missesNoBitThatFlipsInASegmentOrIndex(String file) throws IOException {
        Random random = new Random(1);
        for (int i = 0; i < 20; i++) {
            try (Store store = FilledStores.withSegments()) {
                int at = random.nextInt((int) size(store, file));
                store.disk.flipBit(file, at);

                assertThat(Verification.of(store.disk).damage())
                        .as("%s at %d", file, at)
                        .extracting(Damage::file)
                        .contains(file);
            }
        }
    }

    @Test
    void holdsAnIndexAgainstTheBlocksItLeadsTo() throws IOException {
        try (Store store = FilledStores.withSegments()) {
            misleadFirstRun(store);

            assertThat(Verification.of(store.disk).damage())
                    .singleElement()
                    .asString()
                    .startsWith(SEGMENT)
                    .contains("the index leads to position 0 at byte 1025");
        }
    }

    @Test
    void holdsAnIndexAgainstTheBlocksAlsoWhereNoneFollows() throws IOException {
        try (Store store = new Store(SmallStores.CONFIG)) {
            store.append("fills a segment", 70_000);
            store.engine.checkpoint();
            store.append("goes to the next", 10_000);
            store.engine.checkpoint();
            store.engine.close();
            misleadFirstRun(store);

            assertThat(Verification.of(store.disk).damage())
                    .singleElement()
                    .asString()
                    .startsWith(SEGMENT)
                    .contains("the index leads to position 0 at byte 1025");
        }
    }

    @Test
    void changesNothing() throws IOException {
        try (Store store = FilledStores.withSegments()) {
            store.open();
            store.append("more", 1_000);
            store.crash();
            long before = store.disk.changes();

            Verification.of(store.disk);

            assertThat(store.disk.changes()).isEqualTo(before);
        }
    }

    @Test
    void saysThatThereIsNoStore() {
        assertThatThrownBy(() -> Verification.of(new FaultyDisk(1)))
                .isInstanceOf(CannotOpen.class)
                .hasMessageContaining("this is no store");
    }

    /// Lets the index say, under checksums that hold, that the first block begins a byte later.
    private static void misleadFirstRun(Store store) throws IOException {
        byte[] bytes = new byte[(int) size(store, INDEX)];
        try (DiskFile file = store.disk.open(INDEX)) {
            file.read(ByteBuffer.wrap(bytes), 0);
            int runs = 24 + Packed.intAt(bytes, 8);
            Packed.putLong(bytes, runs + Long.BYTES, FIRST_BLOCK + 1);
            Packed.putInt(bytes, 20, Packed.crc(bytes, runs, bytes.length));
            Packed.putInt(bytes, 12, Packed.crc(bytes, 0, 12) * 31 + Packed.crc(bytes, 16, runs));
            file.write(ByteBuffer.wrap(bytes), 0);
            file.sync();
        }
    }

    private static long size(Store store, String path) throws IOException {
        try (DiskFile file = store.disk.open(path)) {
            return file.size();
        }
    }
}
