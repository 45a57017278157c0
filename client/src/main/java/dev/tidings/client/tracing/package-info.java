/// Traces of OpenTelemetry, which the program brings.
@NullMarked
package dev.tidings.client.tracing;

import org.jspecify.annotations.NullMarked;
