/// Runs the fuzz targets: all of them, or some, for as long as asked. Never shipped.
@NullMarked
package dev.tidings.fuzz;

import org.jspecify.annotations.NullMarked;
