package dev.tidings.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.Http2CodecUtil;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/// The meter of HTTP/2 frames reads bytes that come in pieces of any size.
class FrameMeterFuzzTest {
    private static final byte[] PREFACE = ByteBufUtil.getBytes(Http2CodecUtil.connectionPrefaceBuf());
    private static final int LARGEST_PIECE = 16;

    @SuppressWarnings("ArrayRecordComponent") // never compared as a record
    private record Outcome(boolean open, byte[] passed) {}

    @FuzzTest
    void judgesTheSameHoweverTheBytesAreCut(byte[] frames) {
        sameHoweverCut(frames);
        byte[] connection = Arrays.copyOf(PREFACE, PREFACE.length + frames.length);
        System.arraycopy(frames, 0, connection, PREFACE.length, frames.length);
        sameHoweverCut(connection);
    }

    private static void sameHoweverCut(byte[] bytes) {
        Outcome whole = outcome(bytes, bytes.length);
        Outcome pieces = outcome(bytes, bytes.length == 0 ? 1 : 1 + (bytes[bytes.length - 1] & LARGEST_PIECE - 1));

        assertThat(pieces.open).isEqualTo(whole.open);
        if (whole.open) {
            assertThat(whole.passed).isEqualTo(bytes);
            assertThat(pieces.passed).isEqualTo(bytes);
        }
    }

    private static Outcome outcome(byte[] bytes, int piece) {
        EmbeddedChannel channel = new EmbeddedChannel(new FrameMeter(() -> 0));
        for (int at = 0; at < bytes.length && channel.isOpen(); at += piece) {
            channel.writeInbound(Unpooled.wrappedBuffer(bytes, at, Math.min(piece, bytes.length - at)));
        }
        boolean open = channel.isOpen();
        ByteArrayOutputStream passed = new ByteArrayOutputStream();
        for (ByteBuf next = channel.readInbound(); next != null; next = channel.readInbound()) {
            passed.writeBytes(ByteBufUtil.getBytes(next));
            next.release();
        }
        channel.finishAndReleaseAll();
        return new Outcome(open, passed.toByteArray());
    }
}
