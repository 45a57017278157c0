package dev.tidings.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.client.Bus;
import dev.tidings.client.Delivery;
import dev.tidings.client.Tidings;
import dev.tidings.client.inbox.JdbcInbox;
import io.cloudevents.CloudEvent;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/// Listeners whose events take effect once.
class OnceTest {
    private final ApplicationContextRunner program = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(TidingsAutoConfiguration.class, TidingsInboxAutoConfiguration.class))
            .withBean(Bus.class, OnceTest::bus);

    private static Bus bus() {
        return Tidings.inProcess()
                .source(URI.create("/shop"))
                .delivery(Delivery.synchronous())
                .open();
    }

    @Test
    void letsAnEventThatComesAgainTakeEffectOnce() {
        program.withUserConfiguration(Database.class).withBean(Payments.class).run(context -> {
            fire(context.getBean(Bus.class), "1");
            fire(context.getBean(Bus.class), "1");
            fire(context.getBean(Bus.class), "2");

            assertThat(context.getBean(Payments.class).taken()).containsExactly("1", "2");
        });
    }

    @Test
    void undoesMarkAndWritesTogetherWhereTheListenerFails() {
        program.withUserConfiguration(Database.class).withBean(Payments.class).run(context -> {
            Payments payments = context.getBean(Payments.class);
            payments.failing(true);
            assertThatThrownBy(() -> fire(context.getBean(Bus.class), "1")).hasMessage("away");
            assertThat(payments.taken()).isEmpty();

            payments.failing(false);
            fire(context.getBean(Bus.class), "1");

            assertThat(payments.taken()).containsExactly("1");
        });
    }

    @Test
    void leavesTheTransactionOfWhoFiresAlone() {
        program.withUserConfiguration(Database.class).withBean(Payments.class).run(context -> {
            Bus bus = context.getBean(Bus.class);
            new TransactionTemplate(context.getBean(PlatformTransactionManager.class)).executeWithoutResult(status -> {
                fire(bus, "1");
                fire(bus, "1");
            });

            assertThat(context.getBean(Payments.class).taken()).containsExactly("1");
        });
    }

    @Test
    void refusesToStartWithoutAnInbox() {
        program.withBean(Payments.class, () -> new Payments(new JdbcDataSource()))
                .run(context -> assertThat(context.getStartupFailure())
                        .hasMessageStartingWith("@TidingsListener on " + Payments.class.getName()
                                + ".take: once: expected a bean of JdbcInbox"));
    }

    @Test
    void refusesAStageWhichCompletesAfterItsTransaction() {
        program.withUserConfiguration(Database.class)
                .withBean(Later.class)
                .run(context -> assertThat(context.getStartupFailure())
                        .hasMessageContaining("once: expected a method that returns nothing"));
    }

    @Test
    void refusesAnExpiryThatForgetsAtOnce() {
        program.withUserConfiguration(Database.class)
                .withPropertyValues("tidings.inbox.expiry=0s")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessage("expiry: expected more than 0, found PT0S"));
    }

    private static void fire(Bus bus, String id) {
        bus.fire(bus.event("a.Placed").id(id).build());
    }

    /// Is done some time.
    static class Later {
        @TidingsListener(name = "later", types = "a.Placed", once = true)
        CompletableFuture<?> take(CloudEvent event) {
            return CompletableFuture.completedFuture(event);
        }
    }

    /// Writes an order down, then fails or not.
    static class Payments {
        private final JdbcTemplate database;
        private boolean failing;

        Payments(DataSource database) {
            this.database = new JdbcTemplate(database);
        }

        @Transactional
        @TidingsListener(name = "take", types = "a.Placed", once = true)
        public void take(CloudEvent event) {
            database.update("INSERT INTO payments VALUES (?)", event.getId());
            if (failing) {
                throw new IllegalStateException("away");
            }
        }

        public void failing(boolean whether) {
            failing = whether;
        }

        public List<String> taken() {
            return database.queryForList("SELECT number FROM payments ORDER BY number", String.class);
        }
    }

    @Configuration
    @EnableTransactionManagement(proxyTargetClass = true)
    static class Database {
        @Bean
        DataSource database() {
            JdbcDataSource database = new JdbcDataSource();
            database.setUrl("jdbc:h2:mem:once;DB_CLOSE_DELAY=-1");
            JdbcTemplate statements = new JdbcTemplate(database);
            statements.execute("DROP ALL OBJECTS");
            JdbcInbox.ddl().lines().forEach(statements::execute);
            statements.execute("CREATE TABLE payments (number VARCHAR(10) PRIMARY KEY)");
            return database;
        }

        @Bean
        DataSourceTransactionManager transactions(DataSource database) {
            return new DataSourceTransactionManager(database);
        }
    }
}
