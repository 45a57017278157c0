/// From the broker to the program's handlers: one connection a listener, whose events are handled in the
/// order of their keys, confirmed when they are, and reported as dead when they cannot be.
@NullMarked
package dev.tidings.client.listening;

import org.jspecify.annotations.NullMarked;
