package dev.tidings.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameTypes;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.function.LongSupplier;

/// Counts the frames of an HTTP/2 connection that get no request any further, and ends a connection on which there
/// are too many of them. Netty bounds some floods, such as streams reset at once, empty data and small
/// continuations; but those of settings, pings, priorities, window updates and frames of unknown types it handles
/// for ever. It looks at the bytes before Netty does, since Netty tells nobody of frames that it passes over.
/// Belongs to the connection's event loop.
final class FrameMeter extends ChannelInboundHandlerAdapter {
    /// What a connection may spend until it is given that much again.
    static final int ALLOWANCE = 200_000;
    /// How long that is.
    static final Duration WINDOW = Duration.ofSeconds(10);
    /// There is none that a client needs often.
    static final int COST = 100;
    /// Some clients send two for each piece of an answer.
    static final int WINDOW_UPDATE_COST = 1;
    /// What comes back with each request, for taking its answer.
    static final int REFUND = 20;

    private static final int HEADER = Http2CodecUtil.FRAME_HEADER_LENGTH;
    private static final int TYPE_AT = 3;

    private final LongSupplier now;
    private final ByteBuf preface = Http2CodecUtil.connectionPrefaceBuf();
    private long windowEnd;
    private int left = ALLOWANCE;
    private int prefaceRead;
    private int headerRead;
    private int length;
    private int type;
    private int skip;
    private boolean ended;

    /// @param now in nanoseconds, from any beginning
    FrameMeter(LongSupplier now) {
        this.now = now;
        windowEnd = now.getAsLong() + WINDOW.toNanos();
    }

    /// Places one where the connection's bytes are first to be read: behind TLS, where there is TLS.
    static void install(ChannelHandlerContext guard, LongSupplier now) {
        ChannelPipeline pipeline = guard.pipeline();
        ChannelHandlerContext tls = pipeline.context(SslHandler.class);
        pipeline.addAfter((tls == null ? guard : tls).name(), null, new FrameMeter(now));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (ended) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof ByteBuf bytes && !isWithin(bytes, ctx)) {
            ReferenceCountUtil.release(message);
            end(ctx);
            return;
        }
        ctx.fireChannelRead(message);
    }

    /// Reads the bytes, which stay as they are; false where they are too much.
    private boolean isWithin(ByteBuf bytes, ChannelHandlerContext ctx) {
        int at = bytes.readerIndex();
        int end = bytes.writerIndex();
        for (; at < end && prefaceRead < preface.readableBytes(); at++) {
            if (bytes.getByte(at) != preface.getByte(prefaceRead++)) {
                ctx.pipeline().remove(this);
                return true;
            }
        }
        while (at < end && left >= 0) {
            int passed = Math.min(skip, end - at);
            skip -= passed;
            at += passed;
            if (at < end) {
                header(bytes.getUnsignedByte(at++));
            }
        }
        return left >= 0;
    }

    private void header(int next) {
        if (headerRead < TYPE_AT) {
            length = length << 8 | next;
        } else if (headerRead == TYPE_AT) {
            type = next;
        }
        if (++headerRead == HEADER) {
            count();
            skip = length;
            length = 0;
            headerRead = 0;
        }
    }

    private void count() {
        long time = now.getAsLong();
        if (time - windowEnd >= 0) {
            windowEnd = time + WINDOW.toNanos();
            left = ALLOWANCE;
        }
        left = Math.min(ALLOWANCE, left - cost());
    }

    private int cost() {
        return switch (type) {
            case Http2FrameTypes.HEADERS -> -REFUND;
            case Http2FrameTypes.WINDOW_UPDATE -> WINDOW_UPDATE_COST;
            case Http2FrameTypes.DATA -> length == 0 ? COST : 0;
            default -> COST;
        };
    }

    private void end(ChannelHandlerContext ctx) {
        ended = true;
        ChannelHandlerContext http = ctx.pipeline().context(Http2ConnectionHandler.class);
        if (http != null && http.handler() instanceof Http2ConnectionHandler handler) {
            handler.onError(
                    http,
                    false,
                    Http2Exception.connectionError(
                            Http2Error.ENHANCE_YOUR_CALM, "too many frames that are about no request"));
        } else {
            var _ = ctx.close();
        }
    }
}
