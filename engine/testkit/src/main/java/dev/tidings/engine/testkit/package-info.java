/// The exam every engine passes, the in-memory engine that is its oracle, a faulty disk and a hand-turned clock.
@NullMarked
package dev.tidings.engine.testkit;

import org.jspecify.annotations.NullMarked;
