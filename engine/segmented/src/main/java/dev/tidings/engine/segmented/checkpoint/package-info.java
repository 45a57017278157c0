/// From the ring to segments and snapshots, so that the ring can be reused.
@NullMarked
package dev.tidings.engine.segmented.checkpoint;

import org.jspecify.annotations.NullMarked;
