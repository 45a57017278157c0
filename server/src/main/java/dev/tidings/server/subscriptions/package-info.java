/// Subscriptions over HTTP, in the shape of the CloudEvents Subscriptions API, and the groups of a client.
@NullMarked
package dev.tidings.server.subscriptions;

import org.jspecify.annotations.NullMarked;
