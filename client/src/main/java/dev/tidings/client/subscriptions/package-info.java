/// Subscriptions, by which a program is called back instead of listening.
@NullMarked
package dev.tidings.client.subscriptions;

import org.jspecify.annotations.NullMarked;
