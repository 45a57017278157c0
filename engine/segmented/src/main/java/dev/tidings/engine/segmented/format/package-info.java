/// How things look as bytes: entries, the items of records and snapshots, checksums. Little-endian throughout.
@NullMarked
package dev.tidings.engine.segmented.format;

import org.jspecify.annotations.NullMarked;
