package dev.tidings.server.http;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.net.TcpConfig;
import io.vertx.core.spi.transport.Transport;
import java.net.SocketAddress;

/// A transport of Vert.x that lets us at each connection before Vert.x: limits their number, and puts two handlers
/// first in their pipelines. Flush consolidation halves the cost of pushing over WebSocket; the guard closes slow
/// connections. Without this class everything works, only slower and with less protection.
final class GuardedTransport implements Transport {
    private static final int FLUSHES_AT_ONCE = 256;

    private final Transport transport;
    private final HttpLoops loops;

    GuardedTransport(Transport transport, HttpLoops loops) {
        this.transport = transport;
        this.loops = loops;
    }

    @Override
    public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
        ChannelFactory<? extends ServerChannel> factory = transport.serverChannelFactory(domainSocket);
        return () -> {
            ServerChannel channel = factory.newChannel();
            channel.pipeline().addFirst(new Accepted());
            return channel;
        };
    }

    /// Sees each connection when it is accepted, before it belongs to an event loop.
    private final class Accepted extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            Channel connection = (Channel) message;
            if (!loops.open()) {
                connection.unsafe().closeForcibly();
                return;
            }
            connection.closeFuture().addListener(_ -> loops.closed());
            connection
                    .pipeline()
                    .addLast(new FlushConsolidationHandler(FLUSHES_AT_ONCE, true), new ConnectionGuard(loops));
            ctx.fireChannelRead(connection);
        }
    }

    @Override
    public boolean supportsDomainSockets() {
        return transport.supportsDomainSockets();
    }

    @Override
    public boolean supportFileRegion() {
        return transport.supportFileRegion();
    }

    @Override
    public SocketAddress convert(io.vertx.core.net.SocketAddress address) {
        return transport.convert(address);
    }

    @Override
    public io.vertx.core.net.SocketAddress convert(SocketAddress address) {
        return transport.convert(address);
    }

    @Override
    public IoHandlerFactory ioHandlerFactory() {
        return transport.ioHandlerFactory();
    }

    @Override
    @SuppressWarnings("deprecation") // the interface says so
    public DatagramChannel datagramChannel(InternetProtocolFamily family) {
        return transport.datagramChannel(family);
    }

    @Override
    public ChannelFactory<? extends DatagramChannel> datagramChannelFactory() {
        return transport.datagramChannelFactory();
    }

    @Override
    public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
        return transport.channelFactory(domainSocket);
    }

    @Override
    public void configure(DatagramChannel channel, DatagramSocketOptions options) {
        transport.configure(channel, options);
    }

    @Override
    public void configure(TcpConfig config, boolean domainSocket, Bootstrap bootstrap) {
        transport.configure(config, domainSocket, bootstrap);
    }

    @Override
    public void configure(TcpConfig config, boolean domainSocket, ServerBootstrap bootstrap) {
        transport.configure(config, domainSocket, bootstrap);
    }
}
