/// The commands that talk to a broker.
@NullMarked
package dev.tidings.cli;

import org.jspecify.annotations.NullMarked;
