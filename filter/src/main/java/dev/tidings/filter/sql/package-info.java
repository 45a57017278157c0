/// CloudEvents SQL expressions (CESQL 1.0), evaluated fail fast (section 4.1), in bounded time.
@NullMarked
package dev.tidings.filter.sql;

import org.jspecify.annotations.NullMarked;
