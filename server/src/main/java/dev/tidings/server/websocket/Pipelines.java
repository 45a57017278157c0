package dev.tidings.server.websocket;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionData;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionDecoder;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtension;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;
import io.netty.handler.flow.FlowControlHandler;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// All that reaches into the Netty pipeline beneath Vert.x.
final class Pipelines {
    private static final int SLACK = 1024;

    private Pipelines() {}

    /// The context of Vert.x's handler, the last one of the connection.
    static ChannelHandlerContext contextOf(ServerWebSocket socket) {
        return ((WebSocketInternal) socket).channelHandlerContext();
    }

    /// Has the inbox read the connection in the place of Vert.x. Frames pass, in this order: the decoder; the flow
    /// control, which holds back what was decoded already when reading is paused, before it is inflated; the
    /// inflater where one was agreed on; the check for UTF-8; the inbox. Runs the task once the answer to the
    /// handshake has left and the pipeline is in its final form.
    static void take(ChannelHandlerContext context, Inbox inbox, WebSocketConfig config, Runnable ready) {
        ChannelPipeline pipeline = context.pipeline();
        String decoder = pipeline.context(WebSocketFrameDecoder.class).name();
        pipeline.addAfter(decoder, "tidings-flow", new FlowControlHandler());
        pipeline.addBefore(context.name(), "tidings-utf8", new Utf8FrameValidator(false));
        pipeline.addBefore(context.name(), "tidings-inbox", inbox);
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> {
            if (sent.isSuccess()) {
                boundInflation(pipeline, (int) config.message().bytes() + SLACK);
                ready.run();
            }
        });
    }

    /// Has messages inflated up to a bound, where compression was agreed on: the decoder that Vert.x has Netty
    /// install inflates without any. It keeps its window from message to message, which is right for peers that
    /// do not, too.
    private static void boundInflation(ChannelPipeline pipeline, int most) {
        WebSocketExtensionDecoder unbounded = pipeline.get(WebSocketExtensionDecoder.class);
        if (unbounded == null) {
            return;
        }
        WebSocketServerExtension bounded = new PerMessageDeflateServerExtensionHandshaker(most)
                .handshakeExtension(new WebSocketExtensionData("permessage-deflate", Map.of()));
        if (bounded == null) {
            throw new IllegalStateException("Netty does not know permessage-deflate any more");
        }
        pipeline.replace(unbounded, "tidings-inflate", bounded.newExtensionDecoder());
    }

    /// Runs the task again and again on the connection's event loop, until the connection is closed.
    static void every(ChannelHandlerContext context, Duration time, Runnable task) {
        long millis = time.toMillis();
        var ticking = context.executor().scheduleWithFixedDelay(task, millis, millis, TimeUnit.MILLISECONDS);
        context.channel().closeFuture().addListener(_ -> ticking.cancel(false));
    }
}
