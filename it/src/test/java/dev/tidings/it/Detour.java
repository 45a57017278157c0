package dev.tidings.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// An address that stays while the broker behind it changes its own, and whose connections can be cut.
final class Detour implements AutoCloseable {
    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong carried = new AtomicLong();
    private volatile long most = Long.MAX_VALUE;
    private volatile @Nullable URI broker;

    Detour() {
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::welcome);
    }

    URI address() {
        return URI.create("http://localhost:" + door.getLocalPort());
    }

    /// Leads there from now on.
    void leadTo(Client client) {
        broker = URI.create(client.base());
    }

    /// Ends all connections, in the middle of whatever they carry.
    void cut() {
        open.forEach(Detour::end);
    }

    /// Ends all connections each time that so many bytes have been carried.
    void cutEach(long bytes) {
        most = bytes;
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }

    private void welcome() {
        try {
            while (true) {
                Socket guest = door.accept();
                Thread.ofVirtual().start(() -> lead(guest));
            }
        } catch (IOException closed) {
            cut();
        }
    }

    private void lead(Socket guest) {
        open.add(guest);
        URI to = broker;
        if (to == null) {
            end(guest);
            return;
        }
        try {
            Socket host = new Socket(InetAddress.getLoopbackAddress(), to.getPort());
            open.add(host);
            Thread.ofVirtual().start(() -> carry(guest, host));
            carry(host, guest);
        } catch (IOException away) {
            end(guest);
        }
    }

    private void carry(Socket from, Socket to) {
        try {
            byte[] some = new byte[8_192];
            for (int read = 0; read >= 0; read = from.getInputStream().read(some)) {
                to.getOutputStream().write(some, 0, read);
                if (carried.addAndGet(read) >= most) {
                    carried.set(0);
                    cut();
                }
            }
        } catch (IOException cut) {
            // ends below, as it does where one side has nothing more to say
        }
        for (Socket socket : new Socket[] {from, to}) {
            open.remove(socket);
            end(socket);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
