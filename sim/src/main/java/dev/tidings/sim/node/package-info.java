/// One process with the whole broker in it, from its start to its crash, and the machine it runs on.
@NullMarked
package dev.tidings.sim.node;

import org.jspecify.annotations.NullMarked;
