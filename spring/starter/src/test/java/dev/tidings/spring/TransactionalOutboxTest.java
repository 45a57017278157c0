package dev.tidings.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.client.Bus;
import dev.tidings.client.Delivery;
import dev.tidings.client.Listening;
import dev.tidings.client.Tidings;
import dev.tidings.outbox.Database;
import dev.tidings.outbox.Outbox;
import dev.tidings.outbox.Relaying;
import io.cloudevents.CloudEvent;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

class TransactionalOutboxTest {
    private static final BlockingQueue<String> published = new LinkedBlockingQueue<>();

    private final JdbcDataSource database = new JdbcDataSource();
    private final ApplicationContextRunner program = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(TidingsAutoConfiguration.class, TidingsOutboxAutoConfiguration.class))
            .withUserConfiguration(Transactions.class)
            .withBean(DataSource.class, () -> database)
            .withBean(Bus.class, TransactionalOutboxTest::bus)
            .withPropertyValues("tidings.outbox.interval=1h");

    /// What the program tells itself within a transaction.
    record Placed(String id) {}

    private static Bus bus() {
        Bus bus = Tidings.inProcess()
                .source(URI.create("/shop"))
                .delivery(Delivery.synchronous())
                .open();
        bus.listen(Listening.to("record", "a.Placed"), event -> published.add(event.getId()));
        return bus;
    }

    @BeforeEach
    void create() {
        published.clear();
        database.setUrl("jdbc:h2:mem:outbox;DB_CLOSE_DELAY=-1");
        JdbcTemplate statements = new JdbcTemplate(database);
        statements.execute("DROP ALL OBJECTS");
        statements.execute(new Outbox().ddl(Database.H2));
    }

    @Test
    void publishesWhatIsCommittedAtOnceAndNothingElse() {
        program.run(context -> {
            transaction(context, status -> add(context, "1"));
            transaction(context, status -> {
                add(context, "2");
                status.setRollbackOnly();
            });
            transaction(context, status -> add(context, "3"));

            assertThat(next(2)).containsExactly("1", "3");
        });
    }

    @Test
    void takesPartInTheTransactionOfWhomItListensTo() {
        program.withBean(BeforeCommit.class).run(context -> {
            transaction(context, status -> {
                context.publishEvent(new Placed("1"));
                status.setRollbackOnly();
            });
            transaction(context, status -> context.publishEvent(new Placed("2")));

            assertThat(next(1)).containsExactly("2");
        });
    }

    @Test
    void refusesToAddWhereThereIsNoTransaction() {
        program.run(context -> assertThatThrownBy(() -> add(context, "1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("an event is added in a transaction: @Transactional"));
    }

    @Test
    void leavesPublishingToOtherProcessesWhereItIsToldTo() {
        program.withPropertyValues("tidings.outbox.relay=false").run(context -> {
            transaction(context, status -> add(context, "1"));

            assertThat(context).doesNotHaveBean(OutboxRelay.class);
            assertThat(new JdbcTemplate(database).queryForList("SELECT event_id FROM tidings_outbox", String.class))
                    .containsExactly("1");
        });
    }

    @Test
    void goesOnWhereItIsStartedAgain() {
        program.run(context -> {
            OutboxRelay relay = context.getBean(OutboxRelay.class);
            relay.stop();
            assertThat(relay.isRunning()).isFalse();
            transaction(context, status -> add(context, "1"));
            relay.start();

            assertThat(next(1)).containsExactly("1");
        });
    }

    @Test
    void hasTheDefaultsOfTheOutbox() {
        program.withPropertyValues("tidings.outbox.interval=1s")
                .run(context -> assertThat(context.getBean(Relaying.class))
                        .usingRecursiveComparison()
                        .ignoringFields("onRefused")
                        .isEqualTo(Relaying.DEFAULT));
    }

    @Test
    void isNotThereWhereItIsNotWanted() {
        program.withPropertyValues("tidings.outbox.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(Outbox.class));
    }

    private static void transaction(AssertableApplicationContext context, Consumer<TransactionStatus> work) {
        new TransactionTemplate(context.getBean(PlatformTransactionManager.class)).executeWithoutResult(work);
    }

    private static void add(AssertableApplicationContext context, String id) {
        context.getBean(TransactionalOutbox.class).add(event(context.getBean(Bus.class), id));
    }

    private static CloudEvent event(Bus bus, String id) {
        return bus.event("a.Placed").id(id).build();
    }

    private static List<String> next(int count) throws InterruptedException {
        List<String> next = new ArrayList<>();
        while (next.size() < count) {
            String id = published.poll(60, TimeUnit.SECONDS);
            assertThat(id).as("one more than %s", next).isNotNull();
            next.add(id);
        }
        return next;
    }

    /// Writes down what is about to be committed.
    static class BeforeCommit {
        private final TransactionalOutbox outbox;
        private final Bus bus;

        BeforeCommit(TransactionalOutbox outbox, Bus bus) {
            this.outbox = outbox;
            this.bus = bus;
        }

        @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT)
        public void placed(Placed order) {
            outbox.add(event(bus, order.id()));
        }
    }

    @Configuration
    @EnableTransactionManagement(proxyTargetClass = true)
    static class Transactions {
        @Bean
        DataSourceTransactionManager transactions(DataSource database) {
            return new DataSourceTransactionManager(database);
        }
    }
}
