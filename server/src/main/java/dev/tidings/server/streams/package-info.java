/// Streams over HTTP: which there are, and their events, a batch at a time or one after the other for as long as the
/// client stays.
@NullMarked
package dev.tidings.server.streams;

import org.jspecify.annotations.NullMarked;
