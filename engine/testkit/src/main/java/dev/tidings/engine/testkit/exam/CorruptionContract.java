package dev.tidings.engine.testkit.exam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.engine.Corrupt;
import dev.tidings.engine.Engine;
import dev.tidings.engine.disk.DiskFile;
import dev.tidings.engine.testkit.HandClock;
import dev.tidings.engine.testkit.disk.Crash;
import dev.tidings.engine.testkit.disk.FaultyDisk;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What an engine promises of bits that flipped while nobody looked: it shows what was stored, or it says that it
/// cannot; it never shows anything else.
public abstract class CorruptionContract extends Exam {
    private static final int TRIALS = 80;

    protected CorruptionContract() {}

    @Test
    void showsWhatWasStoredOrSaysThatItIsCorrupt() throws IOException {
        disk();
        History history = History.random(31, 60);
        Observed right = Player.right(history).getLast();
        int noticed = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            HandClock time = new HandClock();
            try (Examinee examinee = examinee(time)) {
                Engine engine = examinee.open();
                new Player(engine, time).play(history, 0);
                engine.close();
                examinee.crash(Crash.OF_THE_PROCESS);
                String place = flip(examinee.disk().orElseThrow(), new Random(trial));
                noticed += noticesOrIsRight(examinee, right, place) ? 1 : 0;
            }
        }
        assertThat(noticed).as("flips that hit something").isPositive();
    }

    private static String flip(FaultyDisk disk, Random random) throws IOException {
        List<String> files = disk.files();
        while (true) {
            String file = files.get(random.nextInt(files.size()));
            try (DiskFile open = disk.open(file)) {
                if (open.size() > 0) {
                    long position = random.nextLong(random.nextBoolean() ? open.size() : Math.min(open.size(), 512));
                    disk.flipBit(file, position);
                    return file + " at " + position;
                }
            }
        }
    }

    private static boolean noticesOrIsRight(Examinee examinee, Observed right, String place) throws IOException {
        try {
            assertThat(Observed.of(examinee.open()).differenceFrom(right))
                    .as("a flipped bit in " + place)
                    .isEmpty();
            return false;
        } catch (Corrupt corrupt) {
            assertThat(corrupt.file()).isNotEmpty();
            return true;
        }
    }
}
