/// What takes the place of an operating system's scheduler: everything that runs in a world runs here, one step at a
/// time, on one thread, in an order that the seed decides.
@NullMarked
package dev.tidings.sim.step;

import org.jspecify.annotations.NullMarked;
