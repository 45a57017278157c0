/// Who gets which event: pure state machines of a group and of a lane, without clock, thread, socket or payload.
/// Not thread-safe; the runtime around them calls them on one loop.
@NullMarked
package dev.tidings.broker.dispatch;

import org.jspecify.annotations.NullMarked;
