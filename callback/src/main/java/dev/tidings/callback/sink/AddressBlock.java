package dev.tidings.callback.sink;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/// Addresses that begin alike: `10.0.0.0/8`, `fd00::/8`, or a single address.
///
/// @param first what they begin with, followed by zeros
/// @param bits  how much of it they have in common
public record AddressBlock(InetAddress first, int bits) {
    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    /// Four decimal numbers without leading zeros. What the platform's own parser takes besides (`127.1`, `0x7f.1`,
    /// `2130706433`) is no address here.
    private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");

    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]{2,39}(\\.?[0-9.]{0,15})");

    /// The block that the text names; nothing where it names none, or has bits beyond its prefix.
    public static Optional<AddressBlock> parse(String text) {
        int slash = text.indexOf('/');
        return literal(slash < 0 ? text : text.substring(0, slash)).flatMap(address -> {
            int most = address.getAddress().length * 8;
            int bits = slash < 0 ? most : number(text.substring(slash + 1));
            AddressBlock block = new AddressBlock(address, bits);
            return bits >= 0 && bits <= most && block.isClean() ? Optional.of(block) : Optional.empty();
        });
    }

    /// A block that is known to be well-formed.
    static AddressBlock of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("no block of addresses: " + text));
    }

    /// The address that the text spells, in the one usual way.
    static Optional<InetAddress> literal(String text) {
        try {
            if (IPV4.matcher(text).matches()) {
                return Optional.of(Inet4Address.ofLiteral(text));
            }
            return IPV6.matcher(text).matches() ? Optional.of(Inet6Address.ofLiteral(text)) : Optional.empty();
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }

    /// Whether the address is one of them.
    public boolean contains(InetAddress address) {
        byte[] mine = first.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit += 8) {
            int mask = bits - bit >= 8 ? 0xff : 0xff << 8 - (bits - bit);
            if (((mine[bit / 8] ^ other[bit / 8]) & mask & 0xff) != 0) {
                return false;
            }
        }
        return true;
    }

    private boolean isClean() {
        byte[] bytes = first.getAddress();
        for (int bit = Math.max(bits, 0); bit < bytes.length * 8; bit++) {
            if ((bytes[bit / 8] >> 7 - bit % 8 & 1) != 0) {
                return false;
            }
        }
        return true;
    }

    private static int number(String text) {
        return text.length() <= 3 && !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')
                ? Integer.parseInt(text)
                : -1;
    }

    @Override
    public String toString() {
        return first.getHostAddress() + "/" + bits;
    }
}
