package dev.tidings.server.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;

/// Has a client that offers to go over to HTTP/2 in clear text stay with HTTP/1.1, as RFC 9113 advises: about one
/// answer in a hundred gets stuck when it does. A client that begins with HTTP/2 is not concerned.
final class UpgradeDecliner extends ChannelInboundHandlerAdapter {
    private static final String UPGRADER = "h2c";
    private static final String SETTINGS = "HTTP2-Settings";

    private UpgradeDecliner() {}

    /// Keeps the connection at HTTP/1.1, if that is what it is and Vert.x would let it go over.
    static void install(ChannelPipeline pipeline) {
        if (pipeline.get(UPGRADER) != null) {
            pipeline.addBefore(UPGRADER, null, new UpgradeDecliner());
        }
    }

    /// Only the first request may offer it.
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest request) {
            if (request.headers().contains(HttpHeaderNames.UPGRADE, UPGRADER, true)) {
                request.headers().remove(HttpHeaderNames.UPGRADE).remove(SETTINGS);
            }
            ctx.pipeline().remove(this);
        }
        ctx.fireChannelRead(message);
    }
}
