/// Opening: from what is on disk to a memory that is consistent, before anything is served.
@NullMarked
package dev.tidings.engine.segmented.recovery;

import org.jspecify.annotations.NullMarked;
