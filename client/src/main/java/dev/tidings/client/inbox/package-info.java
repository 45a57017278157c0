/// Handlers that take effect once for each event, however often it comes.
@NullMarked
package dev.tidings.client.inbox;

import org.jspecify.annotations.NullMarked;
