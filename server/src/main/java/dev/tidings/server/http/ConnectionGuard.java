package dev.tidings.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/// Stands at a connection's door from its first byte, before Vert.x has heard of it, and closes it where the client
/// sends the head of a request too slowly, or nothing at all for too long. Belongs to the connection's event loop.
final class ConnectionGuard extends ChannelInboundHandlerAdapter {
    /// The first three bytes tell HTTP/2 (`PRI`) from every method.
    private static final int TELLING = 3;

    private final HttpLoops loops;
    private final Deadline deadline = new Deadline();
    private @Nullable HttpLoop loop;
    private @Nullable ChannelHandlerContext context;
    private @Nullable HttpConnection connection;
    private boolean begun;
    private boolean readsHead;
    private boolean upgraded;
    private boolean last;
    private boolean ended;
    private int exchanges;

    ConnectionGuard(HttpLoops loops) {
        this.loops = loops;
    }

    /// The connection has become HTTP of some version. Until its first request the deadline of the head goes on.
    void speaks(HttpConnection http) {
        connection = http;
    }

    /// The head of a request is complete.
    void began() {
        exchanges++;
        readsHead = false;
        DeadlineQueue.end(deadline);
    }

    /// A request was answered and read to its end.
    void finished() {
        if (--exchanges == 0 && loop != null && !upgraded && !ended) {
            loop.awaitNextRequest(deadline);
        }
    }

    /// No further request is taken from this connection.
    void last() {
        last = true;
    }

    boolean isLast() {
        return last;
    }

    /// The connection speaks something else from now on, which looks after itself.
    void upgraded() {
        upgraded = true;
        DeadlineQueue.end(deadline);
        forgetHttp();
    }

    /// Closes the connection so that the client still gets what was written: a socket that is closed over
    /// bytes that nobody read takes the last answer back (RFC 9112, section 9.6). Our side ends at once, and
    /// what comes is thrown away until the client ends too, or has lingered long enough.
    void end() {
        ChannelHandlerContext here = context;
        if (here != null && loop != null && here.channel() instanceof DuplexChannel socket && !encrypted(here)) {
            ended = true;
            loop.linger(deadline);
            var _ = socket.shutdownOutput();
            here.channel().config().setAutoRead(true);
            var _ = here.read();
        } else if (connection != null) {
            var _ = connection.close();
        }
    }

    private static boolean encrypted(ChannelHandlerContext here) {
        return here.pipeline().get(SslHandler.class) != null;
    }

    /// Closes the connection at once: Vert.x would first write what is still to be written.
    void cut() {
        if (context != null) {
            var _ = context.close();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        loop = loops.of(ctx.channel().eventLoop());
        if (loop != null) {
            readsHead = true;
            loop.awaitHead(deadline);
            FrameMeter.install(ctx, loop::now);
        }
        ctx.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        HttpLoop here = loop;
        if (ended) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (here == null) {
            ctx.fireChannelRead(message);
            return;
        }
        if (exchanges == 0 && !readsHead && !upgraded && !multiplexed()) {
            readsHead = true;
            here.awaitHead(deadline);
        }
        here.reading(this);
        if (begun) {
            ctx.fireChannelRead(message);
        } else {
            begin(ctx, (ByteBuf) message);
        }
        here.reading(null);
    }

    /// Shows Vert.x the first bytes alone: they tell it which protocol the client speaks, so that what it makes of
    /// the pipeline can be amended before the rest is read.
    private void begin(ChannelHandlerContext ctx, ByteBuf bytes) {
        begun = bytes.readableBytes() >= TELLING;
        if (begun) {
            ctx.fireChannelRead(bytes.readRetainedSlice(TELLING));
            UpgradeDecliner.install(ctx.pipeline());
        }
        ctx.fireChannelRead(bytes);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        DeadlineQueue.end(deadline);
        forgetHttp();
        ctx.fireChannelInactive();
    }

    private void forgetHttp() {
        if (loop != null && connection != null) {
            loop.closed(connection);
            connection = null;
        }
    }

    private boolean multiplexed() {
        return connection != null && connection.protocolVersion() == HttpVersion.HTTP_2;
    }

    private final class Deadline extends DeadlineQueue.Entry {
        @Override
        void late() {
            cut();
        }
    }
}
