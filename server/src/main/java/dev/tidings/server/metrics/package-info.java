/// What is measured, and how it is told to Prometheus.
@NullMarked
package dev.tidings.server.metrics;

import org.jspecify.annotations.NullMarked;
