package dev.tidings.callback.sink;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// Finds the addresses of a host. May be called by any thread.
@FunctionalInterface
public interface Resolver {
    /// All addresses of the name, at least one, the preferred first; completes exceptionally where there are none or
    /// nobody can tell.
    CompletionStage<List<InetAddress>> resolve(String host);
}
