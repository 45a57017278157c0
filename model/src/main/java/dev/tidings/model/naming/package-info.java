/// What names of event types say to people: advice, never a refusal.
@NullMarked
package dev.tidings.model.naming;

import org.jspecify.annotations.NullMarked;
