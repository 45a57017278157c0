package dev.tidings.client.inbox;

import io.cloudevents.CloudEvent;
import java.sql.Connection;

/// Handles an event inside a transaction of a database.
@FunctionalInterface
public interface TransactionalHandler {
    /// What it does by that connection takes effect together with the mark that the event was handled, or not
    /// at all. It neither commits, nor rolls back, nor closes.
    void handle(Connection connection, CloudEvent event) throws Exception;
}
