package dev.tidings.spring;

import dev.tidings.client.Bus;
import dev.tidings.client.EventBuilder;
import dev.tidings.client.EventHandler;
import dev.tidings.client.Handler;
import dev.tidings.client.Listener;
import dev.tidings.client.Listening;
import dev.tidings.client.Receipt;
import dev.tidings.client.Status;
import io.cloudevents.CloudEvent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// A bus on which an event that is fired within a transaction of its thread waits for the commit, and is forgotten
/// at a rollback. It waits in memory: a program that is killed behind its commit has not fired it. What is published
/// is sent at once.
public final class TransactionAwareBus implements Bus {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionAwareBus.class);

    private final Bus bus;

    public TransactionAwareBus(Bus bus) {
        this.bus = bus;
    }

    /// The bus that it fires to.
    public Bus beneath() {
        return bus;
    }

    /// Outside of transactions as the bus beneath. Within one it returns at once, and what the bus beneath throws
    /// after the commit is logged, for the transaction can't be undone any more.
    @Override
    public void fire(CloudEvent event) {
        if (TransactionSynchronizationManager.isActualTransactionActive()
                && TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new AtItsEnd(event));
        } else {
            bus.fire(event);
        }
    }

    /// Not when it is committed: whoever else hears of that may fire, too, and would come too late to be heard.
    private final class AtItsEnd implements TransactionSynchronization {
        private final CloudEvent event;

        AtItsEnd(CloudEvent event) {
            this.event = event;
        }

        @Override
        public void afterCompletion(int status) {
            if (status != STATUS_COMMITTED) {
                return;
            }
            try {
                bus.fire(event);
            } catch (RuntimeException failure) {
                LOG.error(
                        "event {} of {} was not fired, though its transaction is committed",
                        event.getId(),
                        event.getSource(),
                        failure);
            }
        }
    }

    @Override
    public EventBuilder event(String type) {
        return bus.event(type);
    }

    @Override
    public CompletableFuture<Receipt> publish(List<CloudEvent> events) {
        return bus.publish(events);
    }

    @Override
    public <T> Listener listen(String name, String type, Class<T> data, Handler<T> handler) {
        return bus.listen(name, type, data, handler);
    }

    @Override
    public Listener listen(Listening listening, EventHandler handler) {
        return bus.listen(listening, handler);
    }

    @Override
    public CompletableFuture<Void> flush() {
        return bus.flush();
    }

    @Override
    public CompletableFuture<Status> status() {
        return bus.status();
    }

    @Override
    public void close() {
        bus.close();
    }
}
