/// Expressions of the Common Expression Language over events, at bounded cost. Nothing outside this package names a
/// class of the library, so that its classes are loaded by the first expression and not before.
@NullMarked
package dev.tidings.filter.cel;

import org.jspecify.annotations.NullMarked;
