/// Makes a new store of what can still be read of a damaged one, which is left as it is.
@NullMarked
package dev.tidings.engine.segmented.salvage;

import org.jspecify.annotations.NullMarked;
