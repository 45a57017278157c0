/// A disk in memory that does what disks do: it forgets what was not synced, tears what was being written, fills
/// up, fails, and flips bits, when a test says so.
@NullMarked
package dev.tidings.engine.testkit.disk;

import org.jspecify.annotations.NullMarked;
