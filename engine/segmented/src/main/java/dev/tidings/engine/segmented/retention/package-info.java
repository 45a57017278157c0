/// Removes what nobody needs to keep: whole segments, and events in memory that never reached one.
@NullMarked
package dev.tidings.engine.segmented.retention;

import org.jspecify.annotations.NullMarked;
