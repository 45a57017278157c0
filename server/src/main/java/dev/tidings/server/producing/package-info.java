/// The endpoints that take events in.
@NullMarked
package dev.tidings.server.producing;

import org.jspecify.annotations.NullMarked;
