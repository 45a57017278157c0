/// From a producer's submission to the log: judged purely, then appended whole, then answered.
@NullMarked
package dev.tidings.broker.publishing;

import org.jspecify.annotations.NullMarked;
