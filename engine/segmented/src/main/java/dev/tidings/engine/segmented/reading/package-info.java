/// Reading events back: from memory at the tail, from segments behind it.
@NullMarked
package dev.tidings.engine.segmented.reading;

import org.jspecify.annotations.NullMarked;
