/// Who lives in a world: producers, consumers, an administrator, and the weather.
@NullMarked
package dev.tidings.sim.actors;

import org.jspecify.annotations.NullMarked;
