/// What helps the developers of clients.
@NullMarked
package dev.tidings.server.tools;

import org.jspecify.annotations.NullMarked;
