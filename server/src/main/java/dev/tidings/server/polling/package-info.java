/// Consuming by long polling.
@NullMarked
package dev.tidings.server.polling;

import org.jspecify.annotations.NullMarked;
