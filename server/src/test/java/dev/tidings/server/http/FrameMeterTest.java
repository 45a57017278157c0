package dev.tidings.server.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FrameMeterTest {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int SETTINGS = 4;
    private static final int WINDOW_UPDATE = 8;
    private static final int IN_A_WINDOW = FrameMeter.ALLOWANCE / FrameMeter.COST;

    private long now;
    private final EmbeddedChannel channel = new EmbeddedChannel(new FrameMeter(() -> now));

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void leavesAConnectionThatSpeaksNoHttp2() {
        send("PRI * HTTP/1.1\r\n");

        assertThat(channel.pipeline().get(FrameMeter.class)).isNull();
        assertThat(channel.inboundMessages()).hasSize(1);
    }

    @Test
    void passesOnWhatItReads() {
        begin();
        frames(SETTINGS, 6, 1);

        assertThat(channel.inboundMessages()).hasSize(2);
        assertThat(((ByteBuf) channel.inboundMessages().peek()).readableBytes()).isEqualTo(24);
    }

    @Test
    void endsAConnectionWithTooManyFrames() {
        begin();
        frames(SETTINGS, 6, IN_A_WINDOW);
        assertThat(channel.isOpen()).isTrue();

        frames(SETTINGS, 6, 1);

        assertThat(channel.isOpen()).isFalse();
        assertThat(channel.inboundMessages()).hasSize(2);
    }

    @Test
    void knowsFramesHoweverTheirBytesAreCut() {
        begin();
        ByteBuf frames = frame(SETTINGS, 300);
        for (int i = 0; i < IN_A_WINDOW; i++) {
            int cut = i % frames.readableBytes();
            channel.writeInbound(frames.copy(0, cut), frames.copy(cut, frames.readableBytes() - cut));
        }
        assertThat(channel.isOpen()).isTrue();

        channel.writeInbound(frames);

        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void forgetsAfterAWhile() {
        begin();
        frames(SETTINGS, 0, IN_A_WINDOW);
        now += FrameMeter.WINDOW.toNanos();

        frames(SETTINGS, 0, IN_A_WINDOW);

        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void takesWindowUpdatesFromWhoReadsMuch() {
        begin();
        for (int i = 0; i < 2 * FrameMeter.ALLOWANCE / FrameMeter.REFUND; i++) {
            frames(HEADERS, 50, 1);
            frames(WINDOW_UPDATE, 4, FrameMeter.REFUND);
            frames(DATA, 100, 1);
        }

        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void takesOnlySoManyOfWhoAsksForNothing() {
        begin();
        frames(WINDOW_UPDATE, 4, FrameMeter.ALLOWANCE);
        assertThat(channel.isOpen()).isTrue();

        frames(WINDOW_UPDATE, 4, 1);

        assertThat(channel.isOpen()).isFalse();
    }

    private void begin() {
        send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    }

    private void send(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, US_ASCII));
    }

    private void frames(int type, int length, int count) {
        ByteBuf frames = Unpooled.buffer();
        for (int i = 0; i < count; i++) {
            ByteBuf frame = frame(type, length);
            frames.writeBytes(frame);
            frame.release();
        }
        channel.writeInbound(frames);
    }

    private static ByteBuf frame(int type, int length) {
        return Unpooled.buffer()
                .writeMedium(length)
                .writeByte(type)
                .writeByte(0)
                .writeInt(0)
                .writeZero(length);
    }
}
