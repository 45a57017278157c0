package dev.tidings.broker.payloads;

import dev.tidings.engine.disk.Disk;
import dev.tidings.engine.disk.DiskFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The files of payloads: `payloads/ID.SHA256` once they are complete, which never change and tell themselves what is
/// to be in them; before that `payloads/uploads/ID`. A file is named and synced before a row speaks of it, and a row is
/// gone before its file is: so no row lacks its file, whenever a process ends.
final class PayloadFiles {
    static final String DIRECTORY = "payloads";
    private static final String UPLOADS = DIRECTORY + "/uploads";
    private static final String QUARANTINE = "quarantine";
    private static final Logger LOG = LoggerFactory.getLogger(PayloadFiles.class);

    private final Disk disk;

    private PayloadFiles(Disk disk) {
        this.disk = disk;
    }

    static PayloadFiles open(Disk disk) throws IOException {
        disk.createDirectory(UPLOADS);
        disk.syncDirectory("");
        disk.syncDirectory(DIRECTORY);
        return new PayloadFiles(disk);
    }

    /// What the rows say that there is.
    record Known(String mark, List<Payload> payloads, List<Upload> uploads) {}

    /// What a process left behind goes away: what no row of this store speaks of yet, or any more. What another store
    /// has made is put aside. What a finished upload had become is made one again, where its row was not written.
    ///
    /// @return the uploads whose files are there
    List<Upload> tidy(Known known) throws IOException {
        Map<String, Upload> uploads = new HashMap<>();
        known.uploads.forEach(upload -> uploads.put(upload.id().value(), upload));
        Set<String> expected = new HashSet<>();
        known.payloads.forEach(payload -> expected.add(name(payload)));
        for (String name : disk.list(DIRECTORY)) {
            int dot = name.indexOf('.');
            if (dot < 0 || expected.contains(name)) {
                continue;
            }
            PayloadId id = PayloadId.parse(name.substring(0, dot));
            if (id != null && uploads.containsKey(id.value())) {
                disk.move(DIRECTORY + "/" + name, upload(id));
            } else if (id != null && id.isOf(known.mark)) {
                LOG.info("the payload {} is no longer known: its file goes", id);
                disk.delete(DIRECTORY + "/" + name);
            } else {
                putAside(name);
            }
        }
        return tidyUploads(uploads);
    }

    private List<Upload> tidyUploads(Map<String, Upload> uploads) throws IOException {
        List<Upload> there = new ArrayList<>();
        for (String name : disk.list(UPLOADS)) {
            Upload upload = uploads.get(name);
            if (upload == null || sizeOf(UPLOADS + "/" + name) < upload.offset()) {
                disk.delete(UPLOADS + "/" + name);
            } else {
                there.add(upload);
            }
        }
        disk.syncDirectory(UPLOADS);
        disk.syncDirectory(DIRECTORY);
        return there;
    }

    private void putAside(String name) throws IOException {
        disk.createDirectory(QUARANTINE);
        LOG.warn("the payload {} is of another store: moved to {}", name, QUARANTINE);
        disk.move(DIRECTORY + "/" + name, QUARANTINE + "/" + DIRECTORY + "~" + name);
    }

    /// Whether the file of a payload is there, whole.
    boolean has(Payload payload) throws IOException {
        String path = path(payload);
        return disk.exists(path) && sizeOf(path) == payload.size();
    }

    private long sizeOf(String path) throws IOException {
        try (DiskFile file = disk.open(path)) {
            return file.size();
        }
    }

    /// The file that an upload is written to, new or as it was left.
    DiskFile partial(PayloadId id) throws IOException {
        return disk.open(upload(id));
    }

    /// Makes the name of a new upload's file durable.
    void syncNames() throws IOException {
        disk.syncDirectory(UPLOADS);
    }

    /// Gives the file of an upload, which was synced, the name of its payload, durably.
    void complete(Payload payload) throws IOException {
        disk.move(upload(payload.id()), path(payload));
        disk.syncDirectory(DIRECTORY);
    }

    /// Takes that back, also where it was done by half.
    void resume(Payload payload) throws IOException {
        if (disk.exists(path(payload))) {
            disk.move(path(payload), upload(payload.id()));
        }
        disk.syncDirectory(UPLOADS);
    }

    void deletePartial(PayloadId id) throws IOException {
        if (disk.exists(upload(id))) {
            disk.delete(upload(id));
        }
    }

    void delete(Payload payload) throws IOException {
        if (disk.exists(path(payload))) {
            disk.delete(path(payload));
        }
    }

    DiskFile read(Payload payload) throws IOException {
        return disk.open(path(payload));
    }

    long usableSpace() throws IOException {
        return disk.usableSpace();
    }

    /// Where the file of a payload is, in the directory of the store.
    static String path(Payload payload) {
        return DIRECTORY + "/" + name(payload);
    }

    private static String name(Payload payload) {
        return payload.id() + "." + payload.sha256();
    }

    private static String upload(PayloadId id) {
        return UPLOADS + "/" + id;
    }
}
