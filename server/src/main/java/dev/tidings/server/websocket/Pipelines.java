package dev.tidings.server.websocket;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
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
    private static final String UTF_8 = "tidings-utf8";

    private Pipelines() {}

    /// Makes the way that frames go, up to the inbox: the decoder; the flow control, which holds back what was
    /// decoded already when reading is paused, before it is inflated; the inflater where one was agreed on; the
    /// check for UTF-8. Returns its end, from where to write.
    static ChannelHandlerContext pave(ServerWebSocket socket) {
        ChannelHandlerContext vertx = ((WebSocketInternal) socket).channelHandlerContext();
        ChannelPipeline pipeline = vertx.pipeline();
        String decoder = pipeline.context(WebSocketFrameDecoder.class).name();
        pipeline.addAfter(decoder, "tidings-flow", new FlowControlHandler());
        pipeline.addBefore(vertx.name(), UTF_8, new Utf8FrameValidator(false));
        return pipeline.context(UTF_8);
    }

    /// Has the inbox read the connection at the end of the way, in the place of Vert.x, which leaves once its
    /// answer to the handshake has left: it would keep the request and two queues for as long as the connection
    /// is open, some 10 KiB. Runs the task when the pipeline is in its final form.
    static void take(ChannelHandlerContext end, Inbox inbox, WebSocketConfig config, Runnable ready) {
        ChannelPipeline pipeline = end.pipeline();
        ChannelHandler vertx = pipeline.last();
        pipeline.addAfter(end.name(), "tidings-inbox", inbox);
        end.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> {
            if (sent.isSuccess()) {
                boundInflation(pipeline, (int) config.message().bytes() + SLACK);
                pipeline.remove(vertx);
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
