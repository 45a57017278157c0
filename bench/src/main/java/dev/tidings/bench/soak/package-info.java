/// A long run under load, to see whether anything grows that should not.
@NullMarked
package dev.tidings.bench.soak;

import org.jspecify.annotations.NullMarked;
