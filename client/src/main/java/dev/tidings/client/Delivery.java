package dev.tidings.client;

import java.util.function.Consumer;

/// When the events of a bus inside one process reach their listeners.
public sealed interface Delivery {
    /// Soon, by threads of the listeners, with retries; [Bus#fire] returns at once.
    static Delivery asynchronous() {
        return new Asynchronous();
    }

    /// At once, in the thread and the transaction of whoever fires: handlers are called one after the other,
    /// and what one throws, [Bus#fire] throws.
    static Delivery synchronous() {
        return new Synchronous();
    }

    /// As [#asynchronous], once the transaction under way is committed; not at all where it is rolled back.
    ///
    /// @param transactions registers what is to be run after the commit, as
    ///                     `TransactionSynchronizationManager.registerSynchronization` of Spring does; where
    ///                     there is no transaction it runs it at once
    static Delivery afterCommit(Consumer<Runnable> transactions) {
        return new AfterCommit(transactions);
    }

    /// See [#asynchronous].
    record Asynchronous() implements Delivery {}

    /// See [#synchronous].
    record Synchronous() implements Delivery {}

    /// See [#afterCommit].
    ///
    /// @param transactions registers what is to be run after the commit
    record AfterCommit(Consumer<Runnable> transactions) implements Delivery {}
}
