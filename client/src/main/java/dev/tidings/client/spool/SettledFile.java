package dev.tidings.client.spool;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.util.Optional;

/// Up to where everything is settled, in a file of two slots that are written in turn, each with a checksum. It never
/// grows, so a full disk does not matter, and where a slot is torn the other tells of the batch before.
final class SettledFile implements AutoCloseable {
    private static final int PLACE = 3 * Long.BYTES;
    private static final int SLOT = PLACE + Integer.BYTES;

    private final RandomAccessFile file;
    private int next;

    private SettledFile(RandomAccessFile file) {
        this.file = file;
    }

    static SettledFile open(SpoolConfig config) throws IOException {
        RandomAccessFile file = config.open(config.directory().resolve("settled"));
        try {
            if (file.length() < 2 * SLOT) {
                file.seek(0);
                file.write(new byte[2 * SLOT], 0, 2 * SLOT);
            }
            return new SettledFile(file);
        } catch (IOException | RuntimeException failed) {
            file.close();
            throw failed;
        }
    }

    /// Nothing where it does not tell.
    Optional<Place> read() throws IOException {
        Optional<Place> first = slot(0);
        Optional<Place> second = slot(1);
        if (first.isEmpty() || second.isEmpty()) {
            next = first.isEmpty() ? 0 : 1;
            return first.or(() -> second);
        }
        next = first.get().number() > second.get().number() ? 1 : 0;
        return next == 1 ? first : second;
    }

    private Optional<Place> slot(int index) throws IOException {
        byte[] slot = new byte[SLOT];
        file.seek((long) index * SLOT);
        file.readFully(slot);
        ByteBuffer bytes = ByteBuffer.wrap(slot);
        return bytes.getInt(PLACE) == Segment.crc(slot, 0, PLACE)
                ? Optional.of(new Place(bytes.getLong(), bytes.getLong(), bytes.getLong()))
                : Optional.empty();
    }

    void write(Place place) throws IOException {
        ByteBuffer slot = ByteBuffer.allocate(SLOT);
        slot.putLong(place.number()).putLong(place.segment()).putLong(place.offset());
        slot.putInt(Segment.crc(slot.array(), 0, PLACE));
        file.seek((long) next * SLOT);
        file.write(slot.array(), 0, SLOT);
        next = 1 - next;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
