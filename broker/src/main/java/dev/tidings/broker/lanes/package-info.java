/// The broker's own streams: test events, dead events, events resubmitted to one group.
@NullMarked
package dev.tidings.broker.lanes;

import org.jspecify.annotations.NullMarked;
