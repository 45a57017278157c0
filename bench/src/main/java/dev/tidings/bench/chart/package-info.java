/// Charts as SVG, for documents.
@NullMarked
package dev.tidings.bench.chart;

import org.jspecify.annotations.NullMarked;
