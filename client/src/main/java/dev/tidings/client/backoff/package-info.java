/// How long to wait before the broker is asked again.
@NullMarked
package dev.tidings.client.backoff;

import org.jspecify.annotations.NullMarked;
