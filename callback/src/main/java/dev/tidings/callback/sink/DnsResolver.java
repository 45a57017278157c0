package dev.tidings.callback.sink;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/// Asks the machine's hosts file and name servers, without a thread that waits: a name server that does not answer
/// for one name delays no other. Answers are kept as long as they say, for ten minutes at most.
public final class DnsResolver implements Resolver, AutoCloseable {
    private static final int LONGEST_KEPT = 600;
    private static final Duration QUERY = Duration.ofSeconds(4);

    private final MultiThreadIoEventLoopGroup thread = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("callback-dns", true), NioIoHandler.newFactory());
    private final DnsNameResolver resolver;

    /// Starts its thread.
    ///
    /// @param servers the name servers, tried in this order; none: those of the machine
    public DnsResolver(List<InetSocketAddress> servers) {
        DnsNameResolverBuilder builder = new DnsNameResolverBuilder(thread.next())
                .datagramChannelType(NioDatagramChannel.class)
                .socketChannelType(NioSocketChannel.class)
                .ttl(0, LONGEST_KEPT)
                .queryTimeoutMillis(QUERY.toMillis());
        if (!servers.isEmpty()) {
            builder.nameServerProvider(new SequentialDnsServerAddressStreamProvider(servers));
        }
        resolver = builder.build();
    }

    @Override
    public CompletionStage<List<InetAddress>> resolve(String host) {
        CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
        resolver.resolveAll(host).addListener((Future<List<InetAddress>> found) -> {
            if (found.isSuccess()) {
                answer.complete(found.getNow());
            } else {
                answer.completeExceptionally(found.cause());
            }
        });
        return answer;
    }

    @Override
    public void close() {
        resolver.close();
        var _ = thread.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
