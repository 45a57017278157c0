package dev.tidings.callback.sink;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Judges where a request may go, by the address it would connect to: whoever may create subscriptions must not be
/// able to make the broker speak to what only the broker can reach. Pure.
///
/// Refused is what the IANA special-purpose registries do not call globally reachable, and what carries such an
/// address inside (IPv4-mapped, NAT64, 6to4, Teredo). Of IPv6 only global unicast (2000::/3) is public at all.
public final class Guard {
    private static final Map<AddressBlock, String> SPECIAL = new LinkedHashMap<>();
    private static final AddressBlock GLOBAL = AddressBlock.of("2000::/3");
    private static final AddressBlock NAT64 = AddressBlock.of("64:ff9b::/96");
    private static final AddressBlock SIX_TO_FOUR = AddressBlock.of("2002::/16");

    static {
        special("0.0.0.0/8", "unspecified");
        special("10.0.0.0/8", "private");
        special("100.64.0.0/10", "shared by a carrier's customers");
        special("127.0.0.0/8", "loopback");
        special("169.254.0.0/16", "link-local, of metadata services among others");
        special("168.63.129.16/32", "of a cloud's metadata service");
        special("172.16.0.0/12", "private");
        special("192.0.0.0/24", "reserved for protocols");
        special("192.0.2.0/24", "for documentation");
        special("192.88.99.0/24", "of 6to4 relays");
        special("192.168.0.0/16", "private");
        special("198.18.0.0/15", "for benchmarks");
        special("198.51.100.0/24", "for documentation");
        special("203.0.113.0/24", "for documentation");
        special("224.0.0.0/4", "multicast");
        special("240.0.0.0/4", "reserved");
        special("::/128", "unspecified");
        special("::1/128", "loopback");
        special("fc00::/7", "private");
        special("fe80::/10", "link-local");
        special("fec0::/10", "site-local");
        special("ff00::/8", "multicast");
        special("2001::/23", "reserved for protocols");
        special("2001:db8::/32", "for documentation");
        special("3fff::/20", "for documentation");
    }

    private final AllowList allowed;
    private final Plain plain;

    /// What becomes of requests without TLS to addresses that are public.
    public enum Plain {
        REFUSED,
        ALLOWED
    }

    public Guard(AllowList allowed, Plain plain) {
        this.allowed = allowed;
        this.plain = plain;
    }

    private static void special(String block, String what) {
        SPECIAL.put(AddressBlock.of(block), what);
    }

    /// Why there must be no request to this address for that sink; null where there may be.
    public @Nullable String objection(SinkAddress sink, InetAddress address) {
        if (allowed.allows(sink.host(), address)) {
            return null;
        }
        String special = special(address);
        if (special != null) {
            String where = address.getHostAddress();
            String subject = where.equals(sink.host()) ? where + " is" : sink.host() + " is at " + where + ",";
            return subject + " an address that is " + special + "; the operator can allow it by callbacks.allow";
        }
        return sink.tls() || plain == Plain.ALLOWED ? null : withoutTls(sink);
    }

    private static String withoutTls(SinkAddress sink) {
        return sink.host() + " is called over https only; the operator can allow http by callbacks.allow, or for all"
                + " sinks by broker.subscriptions.plain-http";
    }

    /// Why there must be no request to that sink, wherever its name leads; null where that depends.
    public @Nullable String objection(SinkAddress sink) {
        return AddressBlock.literal(sink.host())
                .map(address -> objection(sink, address))
                .orElseGet(() -> {
                    boolean depends = sink.tls() || plain == Plain.ALLOWED || allowed.mayAllow(sink.host());
                    return depends ? null : withoutTls(sink);
                });
    }

    private static @Nullable String special(InetAddress address) {
        for (Map.Entry<AddressBlock, String> block : SPECIAL.entrySet()) {
            if (block.getKey().contains(address)) {
                return block.getValue();
            }
        }
        if (address instanceof Inet4Address) {
            return null;
        }
        byte[] bytes = address.getAddress();
        if (NAT64.contains(address)) {
            return special(embedded(bytes, 12));
        }
        if (SIX_TO_FOUR.contains(address)) {
            return special(embedded(bytes, 2));
        }
        return GLOBAL.contains(address) ? null : "not public";
    }

    private static InetAddress embedded(byte[] address, int at) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(address, at, at + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
