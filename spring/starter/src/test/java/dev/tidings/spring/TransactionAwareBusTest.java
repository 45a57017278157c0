package dev.tidings.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.client.Bus;
import dev.tidings.client.Delivery;
import dev.tidings.client.Listening;
import dev.tidings.client.Tidings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

class TransactionAwareBusTest {
    private final List<String> sent = new ArrayList<>();
    private final Bus bus = new TransactionAwareBus(Tidings.inProcess()
            .source(URI.create("/shop"))
            .delivery(Delivery.synchronous())
            .open());
    private TransactionTemplate transaction;

    @BeforeEach
    void open() {
        JdbcDataSource database = new JdbcDataSource();
        database.setUrl("jdbc:h2:mem:transactions");
        transaction = new TransactionTemplate(new DataSourceTransactionManager(database));
        bus.listen(Listening.to("record", "a.Placed"), event -> sent.add(event.getId()));
    }

    @Test
    void firesAtOnceOutsideOfTransactions() {
        fire("1");

        assertThat(sent).containsExactly("1");
    }

    @Test
    void firesInOrderBehindTheCommit() {
        transaction.executeWithoutResult(status -> {
            fire("1");
            fire("2");
            assertThat(sent).isEmpty();
        });

        assertThat(sent).containsExactly("1", "2");
    }

    @Test
    void forgetsWhatWasFiredInATransactionThatIsRolledBack() {
        transaction.executeWithoutResult(status -> {
            fire("1");
            status.setRollbackOnly();
        });
        fire("2");

        assertThat(sent).containsExactly("2");
    }

    @Test
    void firesWhatOthersFireWhenTheyHearOfTheCommit() {
        transaction.executeWithoutResult(
                status -> TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        fire("after commit");
                    }

                    @Override
                    public void afterCompletion(int status) {
                        fire("after completion");
                    }
                }));

        assertThat(sent).containsExactlyInAnyOrder("after commit", "after completion");
    }

    @Test
    void firesWhatIsLeftWhereOneFails() {
        bus.listen(Listening.to("fail", "a.Refused"), event -> {
            throw new IllegalStateException("full");
        });

        transaction.executeWithoutResult(status -> {
            bus.fire(bus.event("a.Refused").build());
            fire("1");
        });

        assertThat(sent).containsExactly("1");
    }

    private void fire(String id) {
        bus.fire(bus.event("a.Placed").id(id).build());
    }
}
