/// Delivers the events of subscriptions to HTTP sinks.
@NullMarked
package dev.tidings.callback;

import org.jspecify.annotations.NullMarked;
