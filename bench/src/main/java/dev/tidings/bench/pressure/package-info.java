/// How hard consumers call a producer back that hear of its events, `./tidings bench pressure`.
@NullMarked
package dev.tidings.bench.pressure;

import org.jspecify.annotations.NullMarked;
