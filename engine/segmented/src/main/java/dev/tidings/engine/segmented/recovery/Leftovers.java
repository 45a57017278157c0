package dev.tidings.engine.segmented.recovery;

import dev.tidings.engine.disk.Disk;
import dev.tidings.engine.segmented.segments.Segment;
import dev.tidings.engine.segmented.segments.SegmentStore;
import dev.tidings.engine.segmented.state.StreamLog;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a process left in the directories of streams when it ended between the writing of segments and the checkpoint
/// that would have counted them. All their events have just been replayed from the ring, or were removed by retention;
/// so they go. Anything else that is found is moved to `quarantine/`, never deleted.
final class Leftovers {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    private static final String QUARANTINE = "quarantine";
    private static final Pattern NAME = Pattern.compile("(0\\d{19})\\.(seg|ix)");

    private final Disk disk;
    private final SegmentStore store;

    Leftovers(Disk disk, SegmentStore store) {
        this.disk = disk;
        this.store = store;
    }

    void putAside(List<StreamLog> streams) throws IOException {
        for (StreamLog stream : streams) {
            for (Segment segment : stream.segments()) {
                store.check(segment);
            }
        }
        for (StreamLog stream : streams) {
            for (Segment segment : stream.segments()) {
                store.cut(segment);
            }
        }
        for (StreamLog stream : streams) {
            if (stream.end() > stream.flushed() || stream.first() > 0) {
                putAside(stream);
            }
        }
    }

    private void putAside(StreamLog stream) throws IOException {
        String directory = SegmentStore.directory(stream.number(), stream.name());
        Set<String> known = new HashSet<>();
        for (Segment segment : stream.segments()) {
            known.add(segment.file());
            if (segment.sealed()) {
                known.add(segment.indexFile());
            }
        }
        for (String name : disk.list(directory)) {
            String path = directory + "/" + name;
            if (!known.contains(path)) {
                remove(path, isExplained(stream, name));
            }
        }
    }

    private void remove(String path, boolean explained) throws IOException {
        if (explained) {
            LOG.info("{} is not counted by the last checkpoint: removed", path);
            disk.delete(path);
        } else {
            quarantine(path);
        }
    }

    /// Whether a file holds nothing but events that retention removed or that were replayed.
    private static boolean isExplained(StreamLog stream, String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return false;
        }
        long first = Long.parseLong(matcher.group(1));
        boolean index = matcher.group(2).equals("ix");
        return first < stream.first()
                || first >= stream.flushed()
                || index && first == stream.segments().getLast().first();
    }

    private void quarantine(String path) throws IOException {
        disk.createDirectory(QUARANTINE);
        String to = QUARANTINE + "/" + path.replace('/', '~');
        LOG.warn("{} is not known here: moved to {}", path, to);
        disk.move(path, to);
    }
}
