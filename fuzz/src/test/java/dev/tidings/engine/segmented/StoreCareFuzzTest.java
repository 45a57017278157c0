package dev.tidings.engine.segmented;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.disk.DiskFullException;
import dev.tidings.engine.segmented.salvage.Salvage;
import dev.tidings.engine.segmented.salvage.Salvaged;
import dev.tidings.engine.segmented.verify.Verification;
import dev.tidings.engine.testkit.disk.FaultyDisk;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is made for damaged stores meets any damage: it says what it found, and a salvaged store is whole.
class StoreCareFuzzTest {
    private static final Template TEMPLATE = new Template();
    private static final int ROOM = 16 << 20;

    @FuzzTest
    void findsDamageWhereAStoreDoesNotOpen(byte[] damage) throws IOException {
        FaultyDisk disk = TEMPLATE.copy();
        new Damage(disk, new Choices(damage)).plain();

        if (verifiesClean(disk)) {
            assertThat(StoreFuzzTest.session(disk)).as("it opens").isNotNull();
        }
    }

    @FuzzTest
    void salvagesNothingThatWasNotAppended(byte[] damage) throws IOException {
        FaultyDisk disk = TEMPLATE.copy();
        new Damage(disk, new Choices(damage)).plain();

        FaultyDisk fresh = salvaged(disk);
        List<StoredEvent> events = fresh == null ? List.of() : StoreFuzzTest.session(fresh);
        assertThat(events).isNotNull().allMatch(StoreFuzzTest.in(TEMPLATE));
    }

    @FuzzTest
    void copesWithWhateverStandsBehindChecksumsThatHold(byte[] damage) throws IOException {
        FaultyDisk disk = TEMPLATE.copy();
        new Damage(disk, new Choices(damage)).sealed();

        verifiesClean(disk);
        FaultyDisk fresh = salvaged(disk);
        if (fresh != null) {
            assertThat(StoreFuzzTest.session(fresh)).as("it opens").isNotNull();
        }
    }

    private static boolean verifiesClean(FaultyDisk disk) throws IOException {
        try {
            return Verification.of(disk).damage().isEmpty();
        } catch (CannotOpen noStore) {
            assertThat(noStore.getMessage()).doesNotContain("\n");
            return false;
        }
    }

    /// The new store, which is whole; null where there was none to salvage, or what stands in for lost events needs
    /// more room than there is.
    private static @Nullable FaultyDisk salvaged(FaultyDisk disk) throws IOException {
        FaultyDisk fresh = new FaultyDisk(1);
        fresh.leaveSpace(ROOM);
        try {
            Salvaged salvaged = Salvage.salvage(disk, fresh, Template.CONFIG, _ -> Optional.empty());
            assertThat(salvaged.kept()).isNotNegative();
        } catch (CannotOpen noStore) {
            assertThat(noStore.getMessage()).doesNotContain("\n");
            return null;
        } catch (DiskFullException _) {
            return null;
        }
        fresh.leaveSpace(Long.MAX_VALUE);
        assertThat(Verification.of(fresh).damage()).isEmpty();
        return fresh;
    }
}
