package dev.tidings.engine.testkit.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.engine.disk.Disk;
import dev.tidings.engine.disk.DiskFile;
import dev.tidings.engine.disk.DiskFullException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaultyDiskTest {
    private final FaultyDisk disk = new FaultyDisk(1);

    @Test
    void keepsWhatWasSyncedAndLosesTheRest() throws IOException {
        DiskFile file = disk.open("a");
        disk.syncDirectory("");
        write(file, 0, "synced");
        file.sync();
        write(file, 6, " and not");

        assertThat(content(disk, "a")).isEqualTo("synced and not");
        assertThat(content(disk.recovered(Crash.LOSING_ALL_UNSYNCED), "a")).isEqualTo("synced");
    }

    @Test
    void keepsEverythingWhereOnlyTheProcessDies() throws IOException {
        write(disk.open("a"), 0, "unsynced");

        assertThat(content(disk.recovered(Crash.OF_THE_PROCESS), "a")).isEqualTo("unsynced");
    }

    @Test
    void losesAtTheNextPowerCutWhatAProcessThatDiedHadNotSynced() throws IOException {
        write(disk.open("a"), 0, "unsynced");

        FaultyDisk found = disk.recovered(Crash.OF_THE_PROCESS);

        assertThat(found.recovered(Crash.LOSING_ALL_UNSYNCED).exists("a")).isFalse();
    }

    @Test
    void losesAFileWhoseDirectoryWasNotSynced() throws IOException {
        DiskFile file = disk.open("a");
        write(file, 0, "x");
        file.sync();

        assertThat(disk.recovered(Crash.LOSING_ALL_UNSYNCED).exists("a")).isFalse();
    }

    @Test
    void losesADirectoryWhoseParentWasNotSyncedWithAllThatIsInIt() throws IOException {
        disk.createDirectory("deep/er");
        DiskFile file = disk.open("deep/er/a");
        file.sync();
        disk.syncDirectory("deep/er");
        disk.syncDirectory("deep");

        FaultyDisk found = disk.recovered(Crash.LOSING_ALL_UNSYNCED);

        assertThat(found.exists("deep/er/a")).isFalse();
        assertThat(found.list("")).isEmpty();
    }

    @Test
    void forgetsAnUnsyncedMoveOrDeletion() throws IOException {
        for (String name : Set.of("a", "b", "c")) {
            write(disk.open(name), 0, name);
            disk.open(name).sync();
        }
        disk.syncDirectory("");
        disk.move("a", "b");
        disk.delete("c");

        FaultyDisk found = disk.recovered(Crash.LOSING_ALL_UNSYNCED);

        assertThat(disk.recovered(Crash.OF_THE_PROCESS).list("")).containsExactly("b");
        assertThat(found.list("")).containsExactly("a", "b", "c");
        assertThat(content(found, "b")).isEqualTo("b");
    }

    @Test
    void keepsASyncedMove() throws IOException {
        write(disk.open("a"), 0, "new");
        disk.open("a").sync();
        write(disk.open("b"), 0, "old");
        disk.move("a", "b");
        disk.syncDirectory("");

        FaultyDisk found = disk.recovered(Crash.LOSING_ALL_UNSYNCED);

        assertThat(found.list("")).containsExactly("b");
        assertThat(content(found, "b")).isEqualTo("new");
    }

    @Test
    void tearsWritesAndReordersThem() throws IOException {
        Set<String> seen = new HashSet<>();
        for (int seed = 0; seed < 5_000; seed++) {
            FaultyDisk one = new FaultyDisk(0);
            DiskFile file = one.open("a");
            file.write(ByteBuffer.wrap(new byte[2048]), 0);
            file.sync();
            one.syncDirectory("");
            file.write(ByteBuffer.wrap("1".repeat(1024).getBytes(StandardCharsets.UTF_8)), 0);
            file.write(ByteBuffer.wrap("2".repeat(1024).getBytes(StandardCharsets.UTF_8)), 1024);
            String found = content(one.recovered(Crash.random(seed)), "a");
            seen.add("" + found.charAt(0) + found.charAt(512) + found.charAt(1024) + found.charAt(1536));
        }

        assertThat(seen).contains("\0\0\0\0", "1122", "\0\00022", "11\0\0", "1\0\0\0", "\0001\0002");
    }

    @Test
    void failsAllOperationsAfterTheCrash() throws IOException {
        DiskFile file = disk.open("a");
        disk.crashAt(2);
        write(file, 0, "1");

        assertThatThrownBy(() -> write(file, 1, "2")).isInstanceOf(IOException.class);

        assertThat(disk.crashed()).isTrue();
        assertThatThrownBy(file::sync).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> disk.list("")).isInstanceOf(IOException.class);
        assertThat(content(disk.recovered(Crash.OF_THE_PROCESS), "a")).isEqualTo("12");
    }

    @Test
    void doesNotSyncLaterWhatAFailedSyncDidNot() throws IOException {
        DiskFile file = disk.open("a");
        disk.syncDirectory("");
        int lost = 0;
        for (int i = 0; i < 20; i++) {
            write(file, i, "x");
            disk.failAt(1, Operation.SYNC);
            assertThatThrownBy(file::sync).isInstanceOf(IOException.class);
            file.sync();
        }

        String found = content(disk.recovered(Crash.LOSING_ALL_UNSYNCED), "a");
        for (int i = 0; i < 20; i++) {
            lost += i >= found.length() || found.charAt(i) == 0 ? 1 : 0;
        }
        assertThat(lost).isBetween(1, 19);
        FaultyDisk seen = disk.recovered(Crash.OF_THE_PROCESS);
        assertThat(content(seen, "a")).isEqualTo("x".repeat(20));
        assertThat(content(seen.recovered(Crash.OF_THE_PROCESS).recovered(Crash.LOSING_ALL_UNSYNCED), "a"))
                .isEqualTo(found);
    }

    @Test
    void failsTheOperationItWasToldToAndNoOther() throws IOException {
        DiskFile file = disk.open("a");
        disk.failAt(2, Operation.WRITE);

        write(file, 0, "1");
        assertThatThrownBy(() -> write(file, 1, "2345")).isInstanceOf(IOException.class);
        write(file, 1, "2");

        assertThat(content(disk, "a")).startsWith("12");
        assertThat(disk.count(Operation.WRITE)).isEqualTo(3);
        assertThat(disk.changes()).isEqualTo(4);
    }

    @Test
    void isFullUntilThereIsSpaceAgain() throws IOException {
        DiskFile file = disk.open("a");
        write(file, 0, "1234");
        disk.leaveSpace(2);

        assertThatThrownBy(() -> write(file, 4, "567")).isInstanceOf(DiskFullException.class);
        assertThat(disk.usableSpace()).isZero();
        write(file, 0, "abcd");
        assertThat(content(disk, "a")).isEqualTo("abcd56");

        disk.leaveSpace(10);
        write(file, 4, "efg");
        assertThat(content(disk, "a")).isEqualTo("abcdefg");
        assertThat(disk.usableSpace()).isEqualTo(9);
    }

    @Test
    void givesTheSpaceOfADeletedFileBack() throws IOException {
        write(disk.open("a"), 0, "1234");
        disk.leaveSpace(0);

        disk.delete("a");

        assertThat(disk.usableSpace()).isEqualTo(4);
    }

    @Test
    void flipsABitForGood() throws IOException {
        DiskFile file = disk.open("a");
        write(file, 0, "ab");
        file.sync();
        disk.syncDirectory("");

        disk.flipBit("a", 1);

        assertThat(content(disk, "a")).isEqualTo("ac");
        assertThat(content(disk.recovered(Crash.LOSING_ALL_UNSYNCED), "a")).isEqualTo("ac");
    }

    @Test
    void keepsALinkWhenTheFirstNameGoes() throws IOException {
        write(disk.open("a"), 0, "x");
        disk.createDirectory("backup");
        disk.link("a", "backup/a");
        disk.delete("a");

        assertThat(content(disk, "backup/a")).isEqualTo("x");
        assertThat(disk.exists("a")).isFalse();
    }

    @Test
    void cutsAndExtendsAcrossPages() throws IOException {
        DiskFile file = disk.open("a");
        write(file, 4090, "0123456789");

        file.truncate(4098);
        write(file, 4100, "z");

        assertThat(content(disk, "a").substring(4090)).isEqualTo("01234567\0\0z");
    }

    private static void write(DiskFile file, long position, String text) throws IOException {
        file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), position);
    }

    private static String content(Disk disk, String path) throws IOException {
        try (DiskFile file = disk.open(path)) {
            ByteBuffer buffer = ByteBuffer.allocate((int) file.size() + 10);
            int count = file.read(buffer, 0);
            return new String(buffer.array(), 0, count, StandardCharsets.UTF_8);
        }
    }
}
