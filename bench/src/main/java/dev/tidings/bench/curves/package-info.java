/// How cost and memory change with numbers: `./tidings bench curves`.
@NullMarked
package dev.tidings.bench.curves;

import org.jspecify.annotations.NullMarked;
