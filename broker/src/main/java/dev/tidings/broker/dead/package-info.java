/// Dead events: what a consumer could not digest, kept beside what it was sent, for people to look at, to mend and
/// send again, or to discard.
@NullMarked
package dev.tidings.broker.dead;

import org.jspecify.annotations.NullMarked;
