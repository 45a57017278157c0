/// Streams read from anywhere, as often as anybody likes: what a client may read, where, and how a reader goes on.
/// Reading moves no group and removes nothing.
@NullMarked
package dev.tidings.broker.streams;

import org.jspecify.annotations.NullMarked;
