package dev.tidings.client.inbox;

import java.sql.Connection;

/// Transactions of a program's database, for programs that have them from a framework. May be used by any thread.
@FunctionalInterface
public interface Transactions {
    /// Does the work in a transaction of the calling thread, and commits it. Rolls it back where the work says
    /// so, or throws; then that is thrown.
    void run(Work work) throws Exception;

    /// What is done in one transaction.
    @FunctionalInterface
    interface Work {
        /// Neither commits, nor rolls back, nor closes.
        ///
        /// @return whether to commit
        boolean on(Connection connection) throws Exception;
    }
}
