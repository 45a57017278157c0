/// What administrators do with dead events, and a client's programs with their own.
@NullMarked
package dev.tidings.server.dead;

import org.jspecify.annotations.NullMarked;
