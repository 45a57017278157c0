/// Events in files of a directory: appended, read in order, and removed once they are settled. What a process that
/// was killed left there, the next one finds.
@NullMarked
package dev.tidings.client.spool;

import org.jspecify.annotations.NullMarked;
