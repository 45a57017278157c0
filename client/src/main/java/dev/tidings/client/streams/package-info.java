/// Streams, read from anywhere, as often as one likes.
@NullMarked
package dev.tidings.client.streams;

import org.jspecify.annotations.NullMarked;
