/// Payloads that are too large for events: they come and go as streams of bytes, events refer to them, and they stay
/// for as long as an event that does.
@NullMarked
package dev.tidings.broker.payloads;

import org.jspecify.annotations.NullMarked;
