/// Delivering: what of a subscription goes out when, and what becomes of it.
@NullMarked
package dev.tidings.callback.delivery;

import org.jspecify.annotations.NullMarked;
