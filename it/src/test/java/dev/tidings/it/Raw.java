package dev.tidings.it;

import dev.tidings.model.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Speaks HTTP/1.1 as it comes, over a bare socket: what no client library would send.
final class Raw implements AutoCloseable {
    private final Socket socket;
    private final String host;

    Raw(String address) {
        URI uri = URI.create(address);
        host = uri.getAuthority();
        try {
            socket = new Socket(uri.getHost(), uri.getPort());
            socket.setSoTimeout((int) Deadline.GENEROUS.toMillis());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Sends a request without a body, and reads the answer.
    static Reply request(String address, String line, String... headers) {
        try (Raw raw = new Raw(address)) {
            raw.head(line, headers);
            return raw.reply();
        }
    }

    /// Sends a request line and headers, with a `Host`.
    void head(String line, String... headers) {
        write(line + "\r\nHost: " + host + "\r\n" + String.join("\r\n", headers) + (headers.length == 0 ? "" : "\r\n")
                + "\r\n");
    }

    void write(String text) {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    void write(byte[] bytes) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Writes as much as the server takes before it hangs up.
    void pour(byte[] bytes) {
        try {
            write(bytes);
        } catch (UncheckedIOException _) {
            // It hung up; what it said before that can still be read.
        }
    }

    /// All that comes until the server hangs up, which it must; in good order or not.
    String rest() {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        try {
            InputStream in = socket.getInputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                rest.write(next);
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the server does not hang up", e);
        } catch (IOException _) {
            // It hung up by a reset, since there was more that it would have had to read.
        }
        return rest.toString(StandardCharsets.UTF_8);
    }

    /// Reads so many bytes, or what there is until the end.
    byte[] read(int count) {
        try {
            return socket.getInputStream().readNBytes(count);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Reads an answer whose length is told.
    Reply reply() {
        try {
            InputStream in = socket.getInputStream();
            int status = Integer.parseInt(line(in).split(" ", -1)[1]);
            Map<String, List<String>> headers = new HashMap<>();
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                int colon = line.indexOf(':');
                headers.computeIfAbsent(line.substring(0, colon), _ -> new ArrayList<>())
                        .add(line.substring(colon + 1).strip());
            }
            HttpHeaders found = HttpHeaders.of(headers, (_, _) -> true);
            int length = (int) found.firstValueAsLong("Content-Length").orElse(0);
            return new Reply(status, found, Bytes.of(in.readNBytes(length)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the connection ended in the middle of an answer: " + line);
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
