package dev.tidings.spring;

import dev.tidings.client.inbox.Transactions;
import java.sql.Connection;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/// Those that the rest of the program takes part in.
record SpringTransactions(PlatformTransactionManager manager, DataSource database) implements Transactions {
    /// Within that of somebody else nothing could be committed, and a rollback would be theirs.
    private static final TransactionDefinition OWN =
            new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRES_NEW);

    @Override
    public void run(Work work) throws Exception {
        TransactionStatus status = manager.getTransaction(OWN);
        boolean done = false;
        try {
            done = onItsConnection(work);
        } finally {
            if (done) {
                manager.commit(status);
            } else {
                manager.rollback(status);
            }
        }
    }

    private boolean onItsConnection(Work work) throws Exception {
        Connection connection = DataSourceUtils.getConnection(database);
        try {
            return work.on(connection);
        } finally {
            DataSourceUtils.releaseConnection(connection, database);
        }
    }
}
