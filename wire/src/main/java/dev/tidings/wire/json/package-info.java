/// Strict JSON (RFC 8259) in UTF-8 (RFC 3629), read once, in place: what stands where, and the first thing that is
/// wrong.
@NullMarked
package dev.tidings.wire.json;

import org.jspecify.annotations.NullMarked;
