/// From callers' batches to durable groups: a bounded queue, one thread that judges, places, writes and syncs, one
/// that answers.
@NullMarked
package dev.tidings.engine.segmented.commit;

import org.jspecify.annotations.NullMarked;
