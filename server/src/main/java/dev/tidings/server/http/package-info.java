/// From a request to a route and back: paths, bodies and their limits, answers, problems, connections.
@NullMarked
package dev.tidings.server.http;

import org.jspecify.annotations.NullMarked;
