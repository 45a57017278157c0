/// Which sources and ids were stored lately: hashes in memory, in generations that are dropped whole.
@NullMarked
package dev.tidings.engine.segmented.dedup;

import org.jspecify.annotations.NullMarked;
