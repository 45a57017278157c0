package dev.tidings.server.websocket;

import dev.tidings.model.Delivery;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionEncoder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Writes to one connection, past Vert.x, which would make a string and a promise of each message. Belongs to the
/// connection's event loop.
final class Outbox implements Peer {
    private final ChannelHandlerContext context;
    private final Duration closing;
    private boolean closed;

    /// @param context from where to write: what it writes passes all handlers before it
    /// @param closing how long the peer may take to agree to the end
    Outbox(ChannelHandlerContext context, Duration closing) {
        this.context = context;
        this.closing = closing;
    }

    /// Whether goodbye was said, so that what the peer still sends does not matter any more.
    boolean closed() {
        return closed;
    }

    @Override
    public void send(List<Delivery> deliveries, Runnable taken) {
        if (closed) {
            return;
        }
        boolean compressed = context.pipeline().get(WebSocketExtensionEncoder.class) != null;
        whenTaken(compressed ? writeEach(deliveries) : writeAll(deliveries), taken);
        context.flush();
    }

    private ChannelFuture writeAll(List<Delivery> deliveries) {
        return context.write(TextFrames.encode(context.alloc(), deliveries));
    }

    private ChannelFuture writeEach(List<Delivery> deliveries) {
        int last = deliveries.size() - 1;
        for (Delivery delivery : deliveries.subList(0, last)) {
            var _ = context.write(TextFrames.frame(delivery), context.voidPromise());
        }
        return context.write(TextFrames.frame(deliveries.get(last)));
    }

    @Override
    public void ping(Runnable taken) {
        if (!closed) {
            whenTaken(context.writeAndFlush(new PingWebSocketFrame(Unpooled.EMPTY_BUFFER)), taken);
        }
    }

    /// Answers a ping. A peer that pings and does not read gets fewer answers than it asked for (RFC 6455, section
    /// 5.5.3, allows that), so that they do not pile up.
    void pong(ByteBuf content) {
        if (!closed && context.channel().isWritable()) {
            var _ = context.write(new PongWebSocketFrame(content.retain()), context.voidPromise());
        }
    }

    @Override
    public void close(CloseReason reason) {
        if (closed) {
            return;
        }
        closed = true;
        context.channel().config().setAutoRead(true);
        var _ = context.writeAndFlush(new CloseWebSocketFrame(reason.code(), reason.text()));
        var giveUp = context.executor().schedule(this::hangUp, closing.toMillis(), TimeUnit.MILLISECONDS);
        context.channel().closeFuture().addListener(_ -> giveUp.cancel(false));
    }

    /// Agrees to the end that the peer wants.
    void agree(CloseWebSocketFrame theirs) {
        if (closed) {
            hangUp();
            return;
        }
        closed = true;
        ByteBuf code = theirs.content().readableBytes() < 2
                ? Unpooled.EMPTY_BUFFER
                : theirs.content().retainedSlice(theirs.content().readerIndex(), 2);
        context.writeAndFlush(new CloseWebSocketFrame(true, 0, code)).addListener(_ -> hangUp());
        var _ = context.executor().schedule(this::hangUp, closing.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Ends the connection. From here, not from the channel: on its way from there Vert.x, while it is there,
    /// would say goodbye again.
    void hangUp() {
        closed = true;
        var _ = context.close();
    }

    void flush() {
        context.flush();
    }

    @Override
    public void pause() {
        context.channel().config().setAutoRead(false);
    }

    @Override
    public void resume() {
        context.channel().config().setAutoRead(true);
    }

    private static void whenTaken(ChannelFuture write, Runnable taken) {
        write.addListener(done -> {
            if (done.isSuccess()) {
                taken.run();
            }
        });
    }
}
