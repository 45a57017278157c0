/// Payloads that are too large for events: stored at the broker, and referred to.
@NullMarked
package dev.tidings.client.payloads;

import org.jspecify.annotations.NullMarked;
