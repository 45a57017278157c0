/// How fast types may be delivered, to all groups of all clients together, and instances by themselves: so that
/// consumers that call a producer back for each event don't overrun it. May be used by any thread where nothing else
/// is said.
@NullMarked
package dev.tidings.broker.pressure;

import org.jspecify.annotations.NullMarked;
