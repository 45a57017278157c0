package dev.tidings.client.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Answers one request after the other with what the test says, and ends each connection behind its answer. Where
/// the test says nothing, it answers 404.
final class ScriptedServer implements AutoCloseable {
    private final ServerSocket door;
    private final Deque<Reply> replies = new ArrayDeque<>();
    private final List<Request> requests = new ArrayList<>();

    record Request(String method, String path, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /// @param length what it says it has, which may be more
    private record Reply(int status, String body, int length, List<String> headers) {}

    ScriptedServer() throws IOException {
        door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    String address() {
        return "http://localhost:" + door.getLocalPort();
    }

    /// @param headers name and value by turns
    synchronized void reply(int status, String body, String... headers) {
        replies.add(new Reply(status, body, bytes(body).length, List.of(headers)));
    }

    /// Breaks off behind the body.
    synchronized void breakOff(int status, String body, int length, String... headers) {
        replies.add(new Reply(status, body, length, List.of(headers)));
    }

    synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() throws IOException {
        door.close();
    }

    private void serve() {
        try {
            while (true) {
                try (Socket socket = door.accept()) {
                    answer(socket);
                }
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private synchronized void answer(Socket socket) throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        String[] first = line(in).split(" ");
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        requests.add(new Request(first[0], first[1], headers, new String(body, StandardCharsets.UTF_8)));
        Reply reply = replies.isEmpty() ? new Reply(404, "", 0, List.of()) : replies.remove();
        StringBuilder head = new StringBuilder(
                "HTTP/1.1 " + reply.status + " x\r\nconnection: close\r\ncontent-length: " + reply.length + "\r\n");
        for (int i = 0; i < reply.headers.size(); i += 2) {
            head.append(reply.headers.get(i) + ": " + reply.headers.get(i + 1) + "\r\n");
        }
        socket.getOutputStream().write(bytes(head + "\r\n" + reply.body));
    }

    private static String line(InputStream in) {
        try {
            StringBuilder line = new StringBuilder();
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0) {
                    throw new IOException("it breaks off");
                }
                line.append((char) next);
            }
            return line.toString().strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
