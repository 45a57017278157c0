/// Real servers, amid real load, to which the world happens: killed, paused, cut off from power, without space.
@NullMarked
package dev.tidings.it.crash;

import org.jspecify.annotations.NullMarked;
