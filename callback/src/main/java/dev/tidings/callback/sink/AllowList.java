package dev.tidings.callback.sink;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Where requests may go besides the public Internet, and without TLS.
///
/// @param hosts  names whose addresses are not judged, wherever they lead
/// @param blocks addresses, whatever name leads there
public record AllowList(Set<String> hosts, List<AddressBlock> blocks) {
    public static final AllowList NONE = new AllowList(Set.of(), List.of());
    /// This machine.
    public static final AllowList LOOPBACK =
            new AllowList(Set.of(), List.of(AddressBlock.of("127.0.0.0/8"), AddressBlock.of("::1")));

    public AllowList {
        hosts = Set.copyOf(hosts);
        blocks = List.copyOf(blocks);
    }

    /// The list that these texts are, each a block of addresses or the name of a host; an
    /// [IllegalArgumentException] says which is neither.
    public static AllowList of(List<String> texts) {
        Set<String> hosts = new HashSet<>();
        List<AddressBlock> blocks = new ArrayList<>();
        for (String text : texts) {
            AddressBlock.parse(text).ifPresentOrElse(blocks::add, () -> hosts.add(host(text)));
        }
        return new AllowList(hosts, blocks);
    }

    private static String host(String text) {
        String host = text.toLowerCase(Locale.ROOT);
        if (!HostName.isWellFormed(host)) {
            throw new IllegalArgumentException("expected a host name, an address, or a block of addresses such as"
                    + " 10.0.0.0/8 (no bits set beyond the prefix), found '" + text + "'");
        }
        return host;
    }

    /// What either of them allows.
    public AllowList or(AllowList other) {
        Set<String> allHosts = new HashSet<>(hosts);
        allHosts.addAll(other.hosts);
        List<AddressBlock> allBlocks = new ArrayList<>(blocks);
        allBlocks.addAll(other.blocks);
        return new AllowList(allHosts, allBlocks);
    }

    /// Whether it allows some address that the host may lead to.
    boolean mayAllow(String host) {
        return hosts.contains(host) || !blocks.isEmpty();
    }

    boolean allows(String host, InetAddress address) {
        return hosts.contains(host) || blocks.stream().anyMatch(block -> block.contains(address));
    }
}
