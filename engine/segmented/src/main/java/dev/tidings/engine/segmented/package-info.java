/// The embedded engine: write-ahead ring, segments, checkpoints, recovery.
@NullMarked
package dev.tidings.engine.segmented;

import org.jspecify.annotations.NullMarked;
