package dev.tidings.client.http;

import dev.tidings.client.payloads.PayloadDamagedException;
import dev.tidings.client.payloads.StoredPayload;
import dev.tidings.model.Bytes;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Sends one payload in parts, each of which is in memory until the broker has it. Belongs to one thread.
final class PayloadUpload {
    private static final int PART = 4 << 20;
    private static final String OFFSET = "upload-offset";

    private final Requests requests;
    private final Attempts attempts;
    private final Kind kind;
    private String address = "";

    /// What it is.
    record Kind(String type, String contentType, long size) {}

    /// Bytes from a place of the payload on.
    private record Part(Bytes bytes, long at) {
        long end() {
            return at + bytes.length();
        }
    }

    PayloadUpload(Requests requests, Attempts attempts, Kind kind) {
        this.requests = requests;
        this.attempts = attempts;
        this.kind = kind;
    }

    StoredPayload store(InputStream content) throws IOException, InterruptedException {
        begin();
        boolean stored = false;
        try {
            StoredPayload payload = send(content);
            stored = true;
            return payload;
        } finally {
            if (!stored) {
                abandon();
            }
        }
    }

    private void begin() throws InterruptedException {
        String path = "/ce/payloads?" + new Parameters().put("type", kind.type);
        HttpResponse<byte[]> begun = null;
        while (begun == null) {
            HttpRequest.Builder request = requests.to(path)
                    .header("content-type", kind.contentType)
                    .header("upload-length", Long.toString(kind.size))
                    .POST(BodyPublishers.noBody());
            begun = attempts.send(request, BodyHandlers.ofByteArray());
        }
        address = requests.place(
                require(begun, 201).headers().firstValue("location").orElse(""));
        attempts.progressed();
    }

    private StoredPayload send(InputStream content) throws IOException, InterruptedException {
        MessageDigest whole = Sha256.begin();
        byte[] bytes = new byte[(int) Math.min(PART, kind.size)];
        long at = 0;
        StoredPayload stored;
        do {
            int length = (int) Math.min(bytes.length, kind.size - at);
            int read = content.readNBytes(bytes, 0, length);
            if (read < length) {
                throw new EOFException("expected " + kind.size + " bytes, found " + (at + read));
            }
            whole.update(bytes, 0, length);
            stored = send(new Part(new Bytes(bytes, 0, length), at));
            at += length;
        } while (stored == null);
        String sha256 = Sha256.hex(whole);
        if (!stored.sha256().equals(sha256)) {
            throw new PayloadDamagedException(
                    "the SHA-256 of what was sent is " + sha256 + ", of what was stored " + stored.sha256());
        }
        return stored;
    }

    /// Until the broker has it; null: there is more to come.
    private @Nullable StoredPayload send(Part part) throws InterruptedException {
        long at = part.at;
        while (true) {
            HttpResponse<byte[]> answer = attempts.send(next(part, at), BodyHandlers.ofByteArray());
            boolean told = answer != null && (answer.statusCode() == 200 || answer.statusCode() == 201);
            if (answer != null && !told && answer.statusCode() != 409) {
                throw Answers.refusal(answer);
            }
            HttpResponse<byte[]> state = told && answer != null ? answer : look();
            if (isComplete(state)) {
                return stored(state);
            }
            long now = offset(state);
            if (now < part.at || now > part.end()) {
                throw new IllegalStateException("the upload is at " + now + ", expected " + part.at + " to "
                        + part.end() + ": somebody else sends to it");
            }
            if (now == part.end() && part.end() < kind.size) {
                attempts.progressed();
                return null;
            }
            if (now > at) {
                attempts.progressed();
            } else {
                attempts.failed("the upload does not go on", Duration.ZERO);
            }
            at = now;
        }
    }

    private HttpRequest.Builder next(Part part, long at) {
        Bytes rest = part.bytes.slice((int) (at - part.at), part.bytes.length());
        return HttpRequest.newBuilder(URI.create(address))
                .header(OFFSET, Long.toString(at))
                .header("content-type", "application/partial-upload")
                .header("content-digest", Sha256.header(rest))
                .method("PATCH", BodyPublishers.ofByteArray(rest.array(), rest.offset(), rest.length()));
    }

    /// How far it is, and what it became.
    private HttpResponse<byte[]> look() throws InterruptedException {
        HttpResponse<byte[]> state = null;
        while (state == null) {
            state = attempts.send(HttpRequest.newBuilder(URI.create(address)), BodyHandlers.ofByteArray());
        }
        return require(state, 200);
    }

    /// What is not finished goes by itself; this is to spare the room until then.
    private void abandon() {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address)).DELETE();
        Future<?> unused = requests.send(request, BodyHandlers.discarding());
    }

    private static boolean isComplete(HttpResponse<byte[]> state) {
        return state.headers().firstValue("upload-complete").orElse("").equals("?1");
    }

    private static long offset(HttpResponse<byte[]> state) {
        return state.headers().firstValueAsLong(OFFSET).orElse(-1);
    }

    private static HttpResponse<byte[]> require(HttpResponse<byte[]> answer, int status) {
        if (answer.statusCode() != status) {
            throw Answers.refusal(answer);
        }
        return answer;
    }

    private static StoredPayload stored(HttpResponse<byte[]> answer) {
        return Json.read(answer, PayloadUpload::stored);
    }

    private static StoredPayload stored(JsonNode answer) {
        return new StoredPayload(
                URI.create(answer.path("dataref").asString()),
                answer.path("type").asString(),
                answer.path("datacontenttype").asString(),
                answer.path("size").asLong(),
                answer.path("sha256").asString(),
                Instant.parse(answer.path("expires").asString()));
    }
}
