/// The server: the only rooms that know HTTP.
@NullMarked
package dev.tidings.server;

import org.jspecify.annotations.NullMarked;
