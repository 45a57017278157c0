/// One request to a sink: where it may go, what it looks like, how it is signed, and what its answer means.
@NullMarked
package dev.tidings.callback.sink;

import org.jspecify.annotations.NullMarked;
