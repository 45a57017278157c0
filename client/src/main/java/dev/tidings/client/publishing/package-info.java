/// From the caller to the broker: what was fired waits in a buffer, and a sender takes it from there in
/// batches.
@NullMarked
package dev.tidings.client.publishing;

import org.jspecify.annotations.NullMarked;
