/// Filters: [dev.tidings.filter.Filters] compiles the JSON of one, [dev.tidings.filter.EventFilter] judges events.
@NullMarked
package dev.tidings.filter;

import org.jspecify.annotations.NullMarked;
