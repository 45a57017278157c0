/// Wiring, configuration and main: the only room that reads files, environment and arguments.
@NullMarked
package dev.tidings.dist;

import org.jspecify.annotations.NullMarked;
