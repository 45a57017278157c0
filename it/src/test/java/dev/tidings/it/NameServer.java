package dev.tidings.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// A name server by which every name leads to one address, now to this one and now to that, or to none.
final class NameServer implements AutoCloseable {
    private static final int HEAD = 12;
    private static final int END_OF_QUESTION = 4;
    private static final short ANSWER = (short) 0x8180;
    private static final short NAME_OF_THE_QUESTION = (short) 0xc00c;
    private static final short A = 1;
    private static final short INTERNET = 1;

    private final DatagramSocket socket;
    private volatile byte[] address = {};

    NameServer() {
        try {
            socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::serve);
    }

    /// As it stands in a configuration.
    String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /// Names lead there from now on, and nobody may remember it.
    void leadTo(String literal) {
        address = InetAddress.ofLiteral(literal).getAddress();
    }

    private void serve() {
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[512], 512);
                socket.receive(packet);
                byte[] answer = answer(Arrays.copyOf(packet.getData(), packet.getLength()), address);
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            }
        } catch (IOException _) {
            address = new byte[0];
        }
    }

    /// RFC 1035, section 4.
    private static byte[] answer(byte[] query, byte[] address) {
        int end = HEAD;
        while (query[end] != 0) {
            end += query[end] + 1;
        }
        end += 1 + END_OF_QUESTION;
        short type = ByteBuffer.wrap(query).getShort(end - END_OF_QUESTION);
        boolean known = type == A && address.length > 0;
        ByteBuffer answer = ByteBuffer.allocate(end + 12 + address.length);
        answer.put(query, 0, 2).putShort(ANSWER).putShort((short) 1).putShort((short) (known ? 1 : 0));
        answer.putInt(0).put(query, HEAD, end - HEAD);
        if (known) {
            answer.putShort(NAME_OF_THE_QUESTION).putShort(A).putShort(INTERNET).putInt(0);
            answer.putShort((short) address.length).put(address);
        }
        return Arrays.copyOf(answer.array(), answer.position());
    }

    @Override
    public void close() {
        socket.close();
    }
}
