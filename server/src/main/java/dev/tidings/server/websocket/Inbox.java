package dev.tidings.server.websocket;

import dev.tidings.model.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads one connection: puts messages together, answers pings, and ends the session when the peer breaks the rules
/// of RFC 6455 or goes. The last in the pipeline.
final class Inbox extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(Inbox.class);

    private final Session session;
    private final Outbox outbox;
    private final WebSocketConfig config;
    private @Nullable ByteBuf fragments;

    Inbox(Session session, Outbox outbox, WebSocketConfig config) {
        this.session = session;
        this.outbox = outbox;
        this.config = config;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof CloseWebSocketFrame close) {
                session.left(close.statusCode());
                outbox.agree(close);
            } else if (message instanceof WebSocketFrame frame && !outbox.closed()) {
                session.heard();
                frame(frame);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        session.idle();
        outbox.flush();
        context.fireChannelReadComplete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        forgetFragments();
        session.left();
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        switch (cause) {
            case CorruptedWebSocketFrameException corrupted ->
                session.finish(new CloseReason(corrupted.closeStatus().code(), String.valueOf(corrupted.getMessage())));
            case DecompressionException broken
            when broken.getCause() instanceof DataFormatException ->
                session.finish(CloseReason.protocol("a compressed message cannot be inflated"));
            case DecompressionException _ ->
                session.finish(CloseReason.tooBig(config.message().bytes()));
            case CodecException broken -> session.finish(CloseReason.protocol(String.valueOf(broken.getMessage())));
            case IOException _ -> outbox.hangUp();
            default -> {
                log.error("a WebSocket connection failed", cause);
                session.finish(CloseReason.failure("a part of the broker failed; connect again"));
            }
        }
    }

    private void frame(WebSocketFrame frame) {
        if (frame.rsv() != 0) {
            session.finish(CloseReason.protocol("reserved bits are set that no agreed extension uses"));
            return;
        }
        switch (frame) {
            case TextWebSocketFrame _, ContinuationWebSocketFrame _ -> text(frame);
            case BinaryWebSocketFrame _ -> session.finish(CloseReason.binary());
            case PingWebSocketFrame ping -> outbox.pong(ping.content());
            case PongWebSocketFrame _ -> {}
            default -> throw new IllegalStateException("a frame of unknown kind: " + frame.getClass());
        }
    }

    private void text(WebSocketFrame frame) {
        ByteBuf before = fragments;
        int length = frame.content().readableBytes() + (before == null ? 0 : before.readableBytes());
        if (length > config.message().bytes()) {
            forgetFragments();
            session.finish(CloseReason.tooBig(config.message().bytes()));
        } else if (before == null && frame.isFinalFragment()) {
            session.message(Bytes.of(ByteBufUtil.getBytes(frame.content())));
        } else {
            fragment(before, frame);
        }
    }

    private void fragment(@Nullable ByteBuf before, WebSocketFrame frame) {
        ByteBuf whole = before == null ? frame.content().alloc().buffer() : before;
        fragments = whole;
        whole.writeBytes(frame.content());
        if (frame.isFinalFragment()) {
            Bytes message = Bytes.of(ByteBufUtil.getBytes(whole));
            forgetFragments();
            session.message(message);
        }
    }

    private void forgetFragments() {
        if (fragments != null) {
            fragments.release();
            fragments = null;
        }
    }
}
