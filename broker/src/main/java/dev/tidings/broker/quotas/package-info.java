/// What a client may use at most, where that is a matter of time.
@NullMarked
package dev.tidings.broker.quotas;

import org.jspecify.annotations.NullMarked;
