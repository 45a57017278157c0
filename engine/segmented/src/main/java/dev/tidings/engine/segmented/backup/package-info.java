/// Copies of a running store, each whole, that share what does not change.
@NullMarked
package dev.tidings.engine.segmented.backup;

import org.jspecify.annotations.NullMarked;
