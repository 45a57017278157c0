/// Web hooks, for those who are called back: whether a request is genuine, and what events it brings.
@NullMarked
package dev.tidings.client.webhooks;

import org.jspecify.annotations.NullMarked;
