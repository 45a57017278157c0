/// Who is calling.
@NullMarked
package dev.tidings.server.auth;

import org.jspecify.annotations.NullMarked;
