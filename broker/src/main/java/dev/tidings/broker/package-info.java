/// The broker's rooms, put together.
@NullMarked
package dev.tidings.broker;

import org.jspecify.annotations.NullMarked;
