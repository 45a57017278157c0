package dev.tidings.client.http;

import dev.tidings.client.backoff.BackOff;
import dev.tidings.client.payloads.FetchedPayload;
import dev.tidings.client.payloads.PayloadStream;
import dev.tidings.client.payloads.Payloads;
import dev.tidings.client.payloads.StoredPayload;
import dev.tidings.client.publishing.Pause;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The payloads of a broker. May be used by any thread.
public final class RemotePayloads implements Payloads {
    /// Which broker it leads to does not matter: what was stored under an address of before, or behind another
    /// proxy, is still there. And who may see the proof of who is asking is the program's choice, not the event's.
    private static final Pattern REFERENCE = Pattern.compile(".*/ce/payloads/([A-Za-z0-9_-]{1,100})");

    private final Requests requests;
    private final BackOff backOff;
    private final Pause pause;

    /// @param backOff between tries
    public RemotePayloads(Requests requests, BackOff backOff, Pause pause) {
        this.requests = requests;
        this.backOff = backOff;
        this.pause = pause;
    }

    @Override
    public StoredPayload store(String type, String contentType, Path file) throws IOException, InterruptedException {
        try (InputStream content = Files.newInputStream(file)) {
            return store(type, contentType, content, Files.size(file));
        }
    }

    @Override
    public StoredPayload store(String type, String contentType, InputStream content, long size)
            throws IOException, InterruptedException {
        if (size < 0) {
            throw new IllegalArgumentException("a payload has 0 bytes or more, found " + size);
        }
        PayloadUpload.Kind kind = new PayloadUpload.Kind(type, contentType, size);
        return new PayloadUpload(requests, attempts(), kind).store(content);
    }

    @Override
    public FetchedPayload fetch(URI dataref, Path file) throws IOException, InterruptedException {
        Path part = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".part");
        try (PayloadStream content = open(dataref)) {
            try {
                Files.copy(content, part);
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
            return content.payload();
        }
    }

    @Override
    public PayloadStream open(URI dataref) throws IOException, InterruptedException {
        String path = dataref.getPath();
        Matcher reference = REFERENCE.matcher(path == null ? "" : path);
        if (!reference.matches()) {
            throw new IllegalArgumentException(
                    "a payload of a broker is at …/ce/payloads/ID, found " + dataref + ": that leads elsewhere");
        }
        return new PayloadDownload(requests, attempts(), "/ce/payloads/" + reference.group(1));
    }

    private Attempts attempts() {
        return new Attempts(requests, backOff, pause);
    }
}
