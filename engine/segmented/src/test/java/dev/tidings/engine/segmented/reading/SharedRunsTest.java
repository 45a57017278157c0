package dev.tidings.engine.segmented.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class SharedRunsTest {
    private static final int RUN = 10;

    private int reads;
    private final SharedRuns runs = new SharedRuns(this::fromDisk, 3 * RUN);

    private byte[] fromDisk(String file, long offset, int length) {
        reads++;
        return new byte[length];
    }

    private byte[] read(long offset) throws IOException {
        return runs.read("a", offset, RUN);
    }

    @Test
    void keepsWhatIsReadASecondTime() throws IOException {
        read(0);
        byte[] second = read(0);
        assertSame(second, read(0));
        assertSame(second, read(0));
        assertEquals(2, reads);
    }

    @Test
    void keepsNothingForALoneReader() throws IOException {
        byte[] first = read(0);
        assertNotSame(first, read(0));
    }

    @Test
    void tellsRunsOfOneOffsetApartByTheirLength() throws IOException {
        read(0);
        read(0);
        assertEquals(2 * RUN, runs.read("a", 0, 2 * RUN).length);
        assertEquals(RUN, runs.read("b", 0, RUN).length);
        assertEquals(4, reads);
    }

    @Test
    void forgetsWhatWasUsedLeastRecentlyWhereThereIsNoRoom() throws IOException {
        for (long offset : new long[] {0, 0, 1, 1, 2, 2}) {
            read(offset);
        }
        byte[] kept = read(0);
        read(3);
        assertSame(kept, read(0));
        assertEquals(7, reads);
        read(1);
        assertEquals(8, reads);
    }

    @Test
    void forgetsThatARunWasReadOnceWhereThereIsNoRoom() throws IOException {
        for (long offset = 0; offset <= 3; offset++) {
            read(offset);
        }
        byte[] again = read(0);
        assertNotSame(again, read(0));
    }
}
