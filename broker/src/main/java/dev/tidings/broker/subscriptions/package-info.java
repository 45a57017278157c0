/// Subscriptions: what a client wants to be called back with, where, and how. Keeps them in the store beside the group
/// that each reads by; delivering is somebody else's.
@NullMarked
package dev.tidings.broker.subscriptions;

import org.jspecify.annotations.NullMarked;
