/// What the broker asks of a store: an ordered, durable log of events, cursors of groups, and small tables of
/// state, all changed by one atomic append. Every engine passes the exam in `engine/testkit`. How an embedded
/// engine and one on Apache Kafka both fit is in ADR 0002.
@NullMarked
package dev.tidings.engine;

import org.jspecify.annotations.NullMarked;
