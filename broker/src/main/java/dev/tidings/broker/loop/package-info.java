/// The single threads that own groups, and their timers.
@NullMarked
package dev.tidings.broker.loop;

import org.jspecify.annotations.NullMarked;
