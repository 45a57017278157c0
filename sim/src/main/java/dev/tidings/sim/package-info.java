/// The whole broker on one thread, from one seed. Never shipped.
@NullMarked
package dev.tidings.sim;

import org.jspecify.annotations.NullMarked;
