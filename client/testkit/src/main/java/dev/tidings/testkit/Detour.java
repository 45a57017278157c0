package dev.tidings.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// An address that stays while the broker behind it changes its own, and on the way to which things go wrong.
/// It knows just enough of what it carries: which connection is a WebSocket, and where a message begins.
final class Detour implements AutoCloseable {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int CHUNK = 64 * 1024;
    private static final byte[] WEBSOCKET = "GET /ce/consume/ws".getBytes(StandardCharsets.US_ASCII);
    private static final int OPCODE = 0x0f;
    private static final int TEXT = 1;

    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger answersToLose = new AtomicInteger();
    private final AtomicInteger confirmationsToLose = new AtomicInteger();
    private volatile @Nullable URI broker;
    private volatile boolean away;
    private volatile Duration delay = Duration.ZERO;

    Detour() {
        try {
            door = new ServerSocket(0, 50, InetAddress.getByAddress(LOOPBACK));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::welcome);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + door.getLocalPort());
    }

    /// Leads there from now on.
    void leadTo(URI address) {
        broker = address;
    }

    void cut() {
        open.forEach(Detour::end);
    }

    void away() {
        away = true;
        cut();
    }

    void loseAnswers(int next) {
        answersToLose.set(next);
    }

    void loseConfirmations(int next) {
        confirmationsToLose.set(next);
    }

    void slow(Duration by) {
        delay = by;
    }

    void calm() {
        away = false;
        answersToLose.set(0);
        confirmationsToLose.set(0);
        delay = Duration.ZERO;
    }

    @Override
    public void close() {
        end(door);
        cut();
    }

    private void welcome() {
        try {
            while (true) {
                Socket guest = door.accept();
                open.add(guest);
                start(() -> lead(guest));
            }
        } catch (IOException closed) {
            cut();
        }
    }

    private void lead(Socket guest) {
        URI to = broker;
        if (to == null || away) {
            open.remove(guest);
            end(guest);
            return;
        }
        try {
            Socket host = new Socket(InetAddress.getByAddress(LOOPBACK), to.getPort());
            open.add(host);
            Passage passage = new Passage(guest, host);
            start(passage::toBroker);
            passage.toProgram();
        } catch (IOException unreachable) {
            open.remove(guest);
            end(guest);
        }
    }

    /// One connection of a program.
    private final class Passage {
        private final Socket guest;
        private final Socket host;
        private volatile boolean webSocket;

        Passage(Socket guest, Socket host) {
            this.guest = guest;
            this.host = host;
        }

        void toBroker() {
            carry(guest, host);
        }

        void toProgram() {
            carry(host, guest);
        }

        private void carry(Socket from, Socket to) {
            byte[] chunk = new byte[CHUNK];
            try {
                int length = from.getInputStream().read(chunk);
                while (length >= 0 && passes(from, chunk, length)) {
                    pause();
                    to.getOutputStream().write(chunk, 0, length);
                    length = from.getInputStream().read(chunk);
                }
            } catch (IOException cut) {
                // ends below, as it does where one side has nothing more to say
            }
            for (Socket socket : new Socket[] {from, to}) {
                open.remove(socket);
                end(socket);
            }
        }

        private boolean passes(Socket from, byte[] chunk, int length) {
            if (from == host) {
                return webSocket || !takesOne(answersToLose);
            }
            if (beginsWebSocket(chunk, length)) {
                webSocket = true;
                return true;
            }
            boolean message = webSocket && (chunk[0] & OPCODE) == TEXT;
            return !message || !takesOne(confirmationsToLose);
        }
    }

    private void pause() {
        try {
            Thread.sleep(delay.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean beginsWebSocket(byte[] chunk, int length) {
        return length > WEBSOCKET.length && Arrays.equals(chunk, 0, WEBSOCKET.length, WEBSOCKET, 0, WEBSOCKET.length);
    }

    private static boolean takesOne(AtomicInteger left) {
        return left.getAndUpdate(before -> Math.max(0, before - 1)) > 0;
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "tidings-detour");
        thread.setDaemon(true);
        thread.start();
    }

    private static void end(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
