/// The second stage: events of one stream in files of blocks, found by a sparse index.
@NullMarked
package dev.tidings.engine.segmented.segments;

import org.jspecify.annotations.NullMarked;
