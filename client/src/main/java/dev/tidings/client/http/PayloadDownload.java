package dev.tidings.client.http;

import dev.tidings.client.payloads.FetchedPayload;
import dev.tidings.client.payloads.PayloadDamagedException;
import dev.tidings.client.payloads.PayloadStream;
import dev.tidings.model.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.security.MessageDigest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Fetches one payload in pieces, one of which is in memory at a time; of one that breaks off, what has come counts.
/// Belongs to one thread.
final class PayloadDownload extends PayloadStream {
    private static final int PIECE = 4 << 20;
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18})");
    private static final int NO_SUCH_RANGE = 416;

    private final Requests requests;
    private final Attempts attempts;
    private final String path;
    private final MessageDigest digest = Sha256.begin();
    private final FetchedPayload payload;
    private Bytes piece;
    private int at;
    private long fetched;

    /// What of an answer has come.
    private record Came(int status, HttpHeaders headers, Bytes bytes) {
        /// Where its bytes belong, and how many there are in all.
        Matcher range() {
            return CONTENT_RANGE.matcher(headers.firstValue("content-range").orElse(""));
        }

        boolean isGood() {
            return status / 100 == 2;
        }
    }

    /// Collects an answer, so that what has come of one that breaks off is there.
    private static final class Collecting implements BodyHandler<byte[]> {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private volatile @Nullable ResponseInfo head;

        @Override
        public BodySubscriber<byte[]> apply(ResponseInfo info) {
            head = info;
            boolean fits = info.headers().firstValueAsLong("content-length").orElse(Long.MAX_VALUE) <= PIECE;
            return fits // what does not pass ranges on must not fill the memory
                    ? BodySubscribers.mapping(
                            BodySubscribers.ofByteArrayConsumer(some -> some.ifPresent(bytes::writeBytes)),
                            end -> bytes.toByteArray())
                    : BodySubscribers.replacing(new byte[0]);
        }

        @Nullable
        Came came() {
            ResponseInfo known = head;
            return known == null ? null : new Came(known.statusCode(), known.headers(), Bytes.of(bytes.toByteArray()));
        }
    }

    /// Asks for the first piece, so that what can't be fetched is known at once.
    PayloadDownload(Requests requests, Attempts attempts, String path) throws IOException, InterruptedException {
        this.requests = requests;
        this.attempts = attempts;
        this.path = path;
        Came first = ask(from(0));
        if (first.status == NO_SUCH_RANGE) { // of what is empty, there is none
            first = ask(requests.to(path));
        }
        this.payload = new FetchedPayload(
                first.headers.firstValue("content-type").orElse("application/octet-stream"),
                size(first),
                Sha256.read(first.headers.firstValue("repr-digest").orElse("")));
        this.piece = accepted(first);
    }

    private static long size(Came came) {
        Matcher range = came.range();
        return range.matches()
                ? Long.parseLong(range.group(2))
                : came.headers.firstValueAsLong("content-length").orElse(0);
    }

    @Override
    public FetchedPayload payload() {
        return payload;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (at == piece.length() && !next()) {
            return -1;
        }
        int count = Math.min(length, piece.length() - at);
        System.arraycopy(piece.array(), piece.offset() + at, into, from, count);
        at += count;
        return count;
    }

    private boolean next() throws IOException {
        if (fetched == payload.size()) {
            return false;
        }
        try {
            piece = accepted(ask(from(fetched)));
            at = 0;
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a payload");
        }
    }

    private HttpRequest.Builder from(long place) {
        return requests.to(path).header("range", "bytes=" + place + "-" + (place + PIECE - 1));
    }

    private Came ask(HttpRequest.Builder request) throws InterruptedException {
        while (true) {
            Collecting collecting = new Collecting();
            HttpResponse<byte[]> answer = attempts.send(request.copy(), collecting);
            Came came = collecting.came();
            if (came != null && came.isGood() && (answer != null || came.bytes.length() > 0)) {
                return came;
            }
            if (came != null && answer != null) {
                if (came.status == NO_SUCH_RANGE) {
                    return came;
                }
                throw Answers.refusal(answer);
            }
        }
    }

    private Bytes accepted(Came came) throws IOException {
        Matcher range = came.range();
        long from = range.matches() ? Long.parseLong(range.group(1)) : 0;
        Bytes bytes = came.bytes;
        boolean expected = came.isGood() && from == fetched && (bytes.length() > 0 || payload.size() == 0);
        if (!expected || fetched + bytes.length() > payload.size()) {
            throw new PayloadDamagedException("expected bytes from " + fetched + " on, found " + bytes.length()
                    + " from " + from + " on: something on the way does not pass ranges on");
        }
        digest.update(bytes.array(), bytes.offset(), bytes.length());
        fetched += bytes.length();
        attempts.progressed();
        if (fetched == payload.size()) {
            verify();
        }
        return bytes;
    }

    private void verify() throws PayloadDamagedException {
        String sha256 = Sha256.hex(digest);
        if (!sha256.equals(payload.sha256())) {
            throw new PayloadDamagedException(
                    "the SHA-256 of what was fetched is " + sha256 + ", of what was stored " + payload.sha256());
        }
    }
}
