/// The first stage: a ring of files of fixed size into which every group of batches goes as one record.
@NullMarked
package dev.tidings.engine.segmented.wal;

import org.jspecify.annotations.NullMarked;
