/// Whether the server lives, and whether it is ready.
@NullMarked
package dev.tidings.server.health;

import org.jspecify.annotations.NullMarked;
