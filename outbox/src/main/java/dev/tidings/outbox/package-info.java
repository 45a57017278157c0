/// Events that are published if, and only if, a transaction of the program's own database commits: an
/// [dev.tidings.outbox.Outbox] writes them down inside the transaction, a [dev.tidings.outbox.Relay] publishes what
/// was committed.
@NullMarked
package dev.tidings.outbox;

import org.jspecify.annotations.NullMarked;
