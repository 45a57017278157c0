/// What the engine keeps in memory: streams and their newest events, cursors, tables. The committer changes it,
/// everybody reads it.
@NullMarked
package dev.tidings.engine.segmented.state;

import org.jspecify.annotations.NullMarked;
