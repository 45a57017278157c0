package dev.tidings.server.polling;

import dev.tidings.server.http.PercentCoding;
import java.util.function.Supplier;

/// The addresses of polled instances: built from what the configuration says of this server, never from what a
/// request says.
///
/// @param base where clients reach the server, without a slash at its end; not asked before it listens
/// @param node this node's name
public record InstanceAddresses(Supplier<String> base, String node) {
    String of(String group, String instance) {
        return base.get() + "/" + node + "/ce/consumers/" + PercentCoding.encode(group) + "/instances/" + instance;
    }
}
