/// A node as a part of somebody else's program: it never ends the process, and says what it has to say to the
/// program.
@NullMarked
package dev.tidings.embedded;

import org.jspecify.annotations.NullMarked;
