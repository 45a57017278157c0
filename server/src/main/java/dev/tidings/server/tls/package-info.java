/// TLS, with or without client certificates.
@NullMarked
package dev.tidings.server.tls;

import org.jspecify.annotations.NullMarked;
