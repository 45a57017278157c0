/// What buses do, as meters of Micrometer, which the program brings.
@NullMarked
package dev.tidings.client.metrics;

import org.jspecify.annotations.NullMarked;
