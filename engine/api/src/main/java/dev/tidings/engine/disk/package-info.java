/// The file layer below an embedded engine, so that a test can put a disk there that crashes, tears, fills up and
/// lies.
@NullMarked
package dev.tidings.engine.disk;

import org.jspecify.annotations.NullMarked;
