/// How the process logs: one line an entry, to standard error.
@NullMarked
package dev.tidings.dist.logging;

import org.jspecify.annotations.NullMarked;
