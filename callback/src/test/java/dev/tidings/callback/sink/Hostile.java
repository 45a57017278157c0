package dev.tidings.callback.sink;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A sink that does to each request what the test says, byte by byte.
final class Hostile implements AutoCloseable {
    private final ServerSocket server;
    private final Behaviour behaviour;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    /// Every request as it came, head and body.
    final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    /// What happened to connections on this side: `closed`.
    final BlockingQueue<String> ends = new LinkedBlockingQueue<>();

    /// What it does once a request has come in whole.
    @FunctionalInterface
    interface Behaviour {
        void answer(Socket socket, OutputStream out) throws IOException;
    }

    private Hostile(ServerSocket server, Behaviour behaviour) {
        this.server = server;
        this.behaviour = behaviour;
        Thread.ofVirtual().start(this::accept);
    }

    /// Listens on all addresses of this machine.
    static Hostile listening(Behaviour behaviour) {
        return on(ServerSocket::new, behaviour);
    }

    /// How its socket is made.
    @FunctionalInterface
    interface Opening {
        ServerSocket open() throws IOException;
    }

    static Hostile on(Opening opening, Behaviour behaviour) {
        try {
            ServerSocket server = opening.open();
            if (!server.isBound()) {
                server.bind(new InetSocketAddress(InetAddress.ofLiteral("::"), 0));
            }
            return new Hostile(server, behaviour);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// One that answers each request like this.
    static Hostile answering(String answer) {
        return listening((_, out) -> write(out, answer));
    }

    /// The head of an answer.
    static String head(String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    int port() {
        return server.getLocalPort();
    }

    int connections() {
        return sockets.size();
    }

    String nextRequest() {
        return next(requests);
    }

    static String next(BlockingQueue<String> queue) {
        try {
            String next = queue.poll(20, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing came");
            }
            return next;
        } catch (InterruptedException e) {
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
        } catch (IOException closed) {
            ends.add("server");
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (String request = read(in); !request.isEmpty(); request = read(in)) {
                requests.add(request);
                behaviour.answer(socket, socket.getOutputStream());
            }
        } catch (IOException e) {
            ends.add("broken");
            return;
        }
        ends.add("closed");
    }

    private static String read(InputStream in) throws IOException {
        StringBuilder request = new StringBuilder();
        while (request.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                return "";
            }
            request.append((char) b);
        }
        String head = request.toString().toLowerCase(java.util.Locale.ROOT);
        int at = head.indexOf("content-length: ");
        if (at >= 0) {
            int length = Integer.parseInt(head.substring(at + 16, head.indexOf("\r\n", at)));
            request.append(new String(in.readNBytes(length), StandardCharsets.UTF_8));
        }
        return request.toString();
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
