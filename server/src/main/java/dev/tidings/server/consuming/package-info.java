/// What both ways of consuming share.
@NullMarked
package dev.tidings.server.consuming;

import org.jspecify.annotations.NullMarked;
