package dev.tidings.engine.segmented.salvage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.engine.disk.DiskFile;
import dev.tidings.engine.segmented.verify.PayloadCheck;
import dev.tidings.engine.testkit.disk.Crash;
import dev.tidings.engine.testkit.disk.FaultyDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PayloadSalvageTest {
    private static final String SOUND =
            "payloads/a.e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"; // of nothing
    private static final String DAMAGED = "payloads/b." + "0".repeat(64);

    @Test
    void takesAlongWhatHoldsAndTellsTheRest() throws IOException {
        FaultyDisk store = new FaultyDisk(1);
        store.createDirectory("payloads/uploads");
        write(store, SOUND, "");
        write(store, DAMAGED, "a scan");
        write(store, "payloads/uploads/c", "half a");
        FaultyDisk fresh = new FaultyDisk(2);
        List<String> notes = new ArrayList<>();

        PayloadSalvage.copy(store, fresh, notes::add);
        FaultyDisk found = fresh.recovered(Crash.LOSING_ALL_UNSYNCED);

        assertThat(found.files()).containsExactly(SOUND);
        assertThat(PayloadCheck.holds(found, SOUND)).isTrue();
        assertThat(notes).singleElement().asString().contains(DAMAGED);
    }

    private static void write(FaultyDisk disk, String path, String text) throws IOException {
        try (DiskFile file = disk.open(path)) {
            file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
        }
    }
}
