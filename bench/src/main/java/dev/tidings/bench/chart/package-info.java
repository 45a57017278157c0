/// Line charts as SVG, readable on light and on dark pages.
@NullMarked
package dev.tidings.bench.chart;

import org.jspecify.annotations.NullMarked;
