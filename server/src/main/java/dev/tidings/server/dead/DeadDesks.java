package dev.tidings.server.dead;

import dev.tidings.broker.dead.DeadDesk;
import dev.tidings.server.http.Exchange;

/// Whose dead events a request is about.
@FunctionalInterface
interface DeadDesks {
    /// Those that the caller may deal with.
    DeadDesk of(Exchange exchange);
}
