/// The endpoints that take large payloads in and hand them out.
@NullMarked
package dev.tidings.server.payloads;

import org.jspecify.annotations.NullMarked;
