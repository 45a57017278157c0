package dev.tidings.server.websocket;

import dev.tidings.model.Bytes;
import dev.tidings.model.Delivery;
import dev.tidings.wire.Outgoing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.util.List;

/// Deliveries as text messages of one frame each.
final class TextFrames {
    private static final int FINAL_TEXT = 0x81;
    private static final int LONGEST_HEADER = 10;

    private TextFrames() {}

    /// All of them in their final form (RFC 6455, section 5.2; a server does not mask) in one buffer, ready for the
    /// network: one write and one promise, however many they are.
    static ByteBuf encode(ByteBufAllocator allocator, List<Delivery> deliveries) {
        byte[][] heads = new byte[deliveries.size()][];
        int size = 0;
        for (int i = 0; i < heads.length; i++) {
            heads[i] = Outgoing.head(deliveries.get(i));
            size += LONGEST_HEADER + heads[i].length + deliveries.get(i).json().length();
        }
        ByteBuf buffer = allocator.directBuffer(size);
        for (int i = 0; i < heads.length; i++) {
            Bytes tail = Outgoing.tail(deliveries.get(i));
            writeHeader(buffer, heads[i].length + tail.length());
            buffer.writeBytes(heads[i]).writeBytes(tail.array(), tail.offset(), tail.length());
        }
        return buffer;
    }

    /// One of them as a frame that is still to be compressed.
    static TextWebSocketFrame frame(Delivery delivery) {
        Bytes tail = Outgoing.tail(delivery);
        ByteBuf text = Unpooled.wrappedBuffer(
                Unpooled.wrappedBuffer(Outgoing.head(delivery)),
                Unpooled.wrappedBuffer(tail.array(), tail.offset(), tail.length()));
        return new TextWebSocketFrame(true, 0, text);
    }

    private static void writeHeader(ByteBuf buffer, int length) {
        buffer.writeByte(FINAL_TEXT);
        if (length < 126) {
            buffer.writeByte(length);
        } else if (length < 1 << 16) {
            buffer.writeByte(126).writeShort(length);
        } else {
            buffer.writeByte(127).writeLong(length);
        }
    }
}
