/// Real databases, to be killed.
package dev.tidings.outbox.database;
