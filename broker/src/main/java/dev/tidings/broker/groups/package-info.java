/// What runs a group: its partitions are read, its dispatch is asked, its cursors are stored. Everything of one
/// client happens on one loop, in turns: what was asked since the last turn takes effect, then events are handed
/// out, then what changed is stored.
@NullMarked
package dev.tidings.broker.groups;

import org.jspecify.annotations.NullMarked;
