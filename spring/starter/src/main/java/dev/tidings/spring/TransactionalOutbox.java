package dev.tidings.spring;

import dev.tidings.outbox.Outbox;
import io.cloudevents.CloudEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Takes events inside Spring's transactions: they are published if and only if the transaction commits, whatever is
/// killed when. May be used by any thread.
public final class TransactionalOutbox {
    private final Outbox outbox;
    private final DataSource database;
    private final Runnable wake;

    /// @param wake lets a relay look at the outbox, since something was committed; it may do nothing
    public TransactionalOutbox(Outbox outbox, DataSource database, Runnable wake) {
        this.outbox = outbox;
        this.database = database;
        this.wake = wake;
    }

    /// See [#add(List)].
    public void add(CloudEvent event) {
        add(List.of(event));
    }

    /// Writes events down, in this order, in the transaction of the calling thread.
    ///
    /// @throws IllegalArgumentException                      where one of them is malformed
    /// @throws IllegalStateException                         where there is no transaction of the database
    /// @throws org.springframework.dao.DataAccessException   of the database
    public void add(List<CloudEvent> events) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            throw new IllegalStateException("an event is added in a transaction: @Transactional");
        }
        Connection connection = DataSourceUtils.getConnection(database);
        try {
            outbox.add(connection, events);
        } catch (SQLException failure) {
            throw new UncategorizedSQLException("add to the outbox", null, failure);
        } finally {
            DataSourceUtils.releaseConnection(connection, database);
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                wake.run();
            }
        });
    }
}
