package dev.tidings.broker.loop;

import dev.tidings.model.ClientName;

/// The loops of this process. All groups and lanes of one client live on one loop; clients are spread over the
/// loops.
@FunctionalInterface
public interface Loops {
    Loop of(ClientName client);
}
