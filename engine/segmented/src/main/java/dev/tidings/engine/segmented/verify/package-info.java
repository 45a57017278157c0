/// Looks whether all of a store is as it was written, and changes nothing.
@NullMarked
package dev.tidings.engine.segmented.verify;

import org.jspecify.annotations.NullMarked;
