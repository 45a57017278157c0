/// The reference model: what was sent, what was answered, what was stored and delivered, and what must be true of it.
@NullMarked
package dev.tidings.sim.truth;

import org.jspecify.annotations.NullMarked;
