package dev.tidings.it;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A sink that wants to be called, and then answers the first deliveries byte by byte as the test says, those that
/// follow with 204.
final class BareSink implements AutoCloseable {
    private static final String AGREED = "HTTP/1.1 200 OK\r\nWebHook-Allowed-Origin: *\r\nContent-Length: 0\r\n\r\n";
    private static final String TAKEN = "HTTP/1.1 204 No Content\r\n\r\n";

    private final ServerSocket server;
    private final BlockingQueue<Manner> manners;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> ids = new LinkedBlockingQueue<>();
    private final BlockingQueue<Boolean> cuts = new LinkedBlockingQueue<>();

    /// What it does once a delivery has come in whole.
    @FunctionalInterface
    interface Manner {
        void answer(Socket socket, OutputStream out) throws IOException;
    }

    BareSink(Manner... first) {
        manners = new LinkedBlockingQueue<>(List.of(first));
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    String address() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/";
    }

    /// The id of the next delivery; waits for it.
    String next() {
        return taken(ids);
    }

    /// Waits until a connection was cut while it answered.
    void awaitCut() {
        taken(cuts);
    }

    private static <T> T taken(BlockingQueue<T> queue) {
        try {
            T next = queue.poll(Deadline.GENEROUS.toSeconds(), TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing came in " + Deadline.GENEROUS);
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException _) {
            manners.clear();
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                in.readNBytes(length(head));
                if (head.startsWith("OPTIONS")) {
                    write(out, AGREED);
                } else {
                    ids.add(value(head, "ce-id"));
                    answer(manners.poll(), socket, out);
                }
            }
        } catch (IOException _) {
            cuts.add(true);
        }
    }

    private static void answer(@Nullable Manner manner, Socket socket, OutputStream out) throws IOException {
        if (manner == null) {
            write(out, TAKEN);
        } else {
            manner.answer(socket, out);
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                return "";
            }
            head.append((char) b);
        }
        return head.toString();
    }

    private static int length(String head) {
        String length = value(head, "content-length");
        return length.isEmpty() ? 0 : Integer.parseInt(length);
    }

    private static String value(String head, String name) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
