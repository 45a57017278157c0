/// A node: engine, broker and server wired together, and its configuration.
@NullMarked
package dev.tidings.node;

import org.jspecify.annotations.NullMarked;
