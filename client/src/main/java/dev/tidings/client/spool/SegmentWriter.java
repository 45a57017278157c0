package dev.tidings.client.spool;

import dev.tidings.model.Bytes;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/// Appends to a new segment. What fails leaves nothing half written behind.
final class SegmentWriter implements AutoCloseable {
    private final Segment segment;
    private final RandomAccessFile file;
    private boolean ragged;

    private SegmentWriter(Segment segment, RandomAccessFile file) {
        this.segment = segment;
        this.file = file;
    }

    static SegmentWriter create(SpoolConfig config, long first) throws IOException {
        Path path = Segment.path(config.directory(), first);
        try {
            RandomAccessFile file = config.open(path);
            SegmentWriter writer = new SegmentWriter(new Segment(first, path, 0), file);
            try {
                writer.write(Segment.header(first));
                return writer;
            } catch (IOException | RuntimeException failed) {
                file.close();
                throw failed;
            }
        } catch (IOException | RuntimeException failed) {
            Files.deleteIfExists(path);
            throw failed;
        }
    }

    Segment segment() {
        return segment;
    }

    void append(long number, Bytes json) throws IOException {
        byte[] record = new byte[Segment.PREFIX + json.length()];
        ByteBuffer prefix =
                Segment.prefix(number, json.length(), Segment.crc(json.array(), json.offset(), json.length()));
        prefix.get(record, 0, Segment.PREFIX);
        json.copyTo(record, Segment.PREFIX);
        write(record);
    }

    private void write(byte[] bytes) throws IOException {
        long end = segment.size();
        if (ragged) {
            file.setLength(end);
            ragged = false;
        }
        try {
            file.seek(end);
            file.write(bytes, 0, bytes.length);
        } catch (IOException failed) {
            ragged = true;
            file.setLength(end);
            ragged = false;
            throw failed;
        }
        segment.size(end + bytes.length);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
