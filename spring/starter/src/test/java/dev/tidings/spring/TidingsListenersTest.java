package dev.tidings.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.client.Bus;
import dev.tidings.client.Delivery;
import dev.tidings.client.RetryLaterException;
import dev.tidings.client.Tidings;
import io.cloudevents.CloudEvent;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;

class TidingsListenersTest {
    private static final List<String> handled = new CopyOnWriteArrayList<>();

    private final ApplicationContextRunner program = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(TidingsAutoConfiguration.class))
            .withBean(Bus.class, TidingsListenersTest::bus)
            .withInitializer(context -> handled.clear());

    /// What an event carries.
    record Order(int number) {}

    private static Bus bus() {
        return Tidings.inProcess()
                .source(URI.create("/shop"))
                .delivery(Delivery.synchronous())
                .open();
    }

    @Test
    void handsEventsToMethodsOfBeans() {
        program.withBean(Printing.class).run(context -> {
            fire(context.getBean(Bus.class), "a.Placed", 7);
            fire(context.getBean(Bus.class), "a.Paid", 8);

            assertThat(handled).containsExactly("print 7");
            assertThat(context.getBean(TidingsListeners.class).names()).containsExactly("print");
        });
    }

    @Test
    void resolvesPlaceholders() {
        program.withBean(Configured.class)
                .withPropertyValues("my.name=audit", "my.types=a.Placed, a.Paid", "my.concurrency=2")
                .run(context -> {
                    fire(context.getBean(Bus.class), "a.Placed", 7);
                    fire(context.getBean(Bus.class), "a.Paid", 8);

                    assertThat(handled).hasSize(2);
                    assertThat(context.getBean(TidingsListeners.class).names()).containsExactly("audit");
                });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void callsThroughTheProxyOfTransactions(boolean ofClasses) {
        program.withUserConfiguration(ofClasses ? OfClasses.class : OfInterfaces.class)
                .run(context -> {
                    fire(context.getBean(Bus.class), "a.Placed", 7);

                    assertThat(handled).containsExactly("7 in a transaction: true");
                });
    }

    @Test
    void letsThroughThatAMethodPutsAnEventOff() {
        program.withBean(Busy.class)
                .run(context -> assertThatThrownBy(() -> fire(context.getBean(Bus.class), "a.Placed", 7))
                        .isInstanceOfSatisfying(
                                RetryLaterException.class,
                                later -> assertThat(later.delay()).contains(Duration.ofMinutes(5))));
    }

    @Test
    void beginsToListenOnceAllOfTheProgramIsThere() {
        program.withBean(Printing.class).withBean(Early.class).run(context -> {
            fire(context.getBean(Bus.class), "a.Placed", 7);

            assertThat(handled).containsExactly("print 7");
        });
    }

    @Test
    void listensWhileItIsLetTo() {
        program.withBean(Printing.class)
                .withPropertyValues("tidings.listener.auto-startup=false")
                .run(context -> {
                    Bus bus = context.getBean(Bus.class);
                    TidingsListeners listeners = context.getBean(TidingsListeners.class);

                    fire(bus, "a.Placed", 1);
                    listeners.start("print");
                    listeners.start("print");
                    fire(bus, "a.Placed", 2);
                    listeners.stop("print");
                    fire(bus, "a.Placed", 3);

                    assertThat(handled).containsExactly("print 2");
                    assertThatThrownBy(() -> listeners.start("prnt"))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessage("no @TidingsListener is named 'prnt'; there are [print]");
                });
    }

    @Test
    void mayEndAndBeginAgain() {
        program.withBean(Printing.class).run(context -> {
            TidingsListeners listeners = context.getBean(TidingsListeners.class);
            Bus bus = context.getBean(Bus.class);

            listeners.stop();
            assertThat(listeners.isRunning()).isFalse();
            fire(bus, "a.Placed", 1);
            listeners.start();
            assertThat(listeners.isRunning()).isTrue();
            fire(bus, "a.Placed", 2);

            assertThat(handled).containsExactly("print 2");
        });
    }

    @Test
    void refusesTwoOfOneName() {
        program.withBean("one", Printing.class)
                .withBean("other", Printing.class)
                .run(context -> assertThat(context.getStartupFailure())
                        .hasMessageStartingWith("two @TidingsListener have the name 'print', Printing.print and"
                                + " Printing.print: they would share their events"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "my.name=a b|its name is letters, digits, '.', '_' and '-'; found 'a b'",
                "my.types=a..b|an event type is dot-separated segments of letters, digits, '_' and '-'",
                "my.types=|a listener has one type or more",
                "my.concurrency=many|concurrency: expected a number, found 'many'",
                "my.concurrency=0|concurrency is 1 or more",
                "my.inflight=1|concurrency is 1 or more and inflight at least as much, found 4 and 1",
                "my.attempts=0|attempts: expected 1 or more, found 0",
                "my.max-deliveries=0|maxDeliveries is 1 or more, found 0",
                "my.back-off=0s|backOff is 1 ms to 1 h, found PT0S",
                "my.ack-timeout=soon|'soon' is not a valid duration",
                "my.ack-timeout=1ms|ackTimeout is 1 s to 12 h, found PT0.001S",
                "my.auto-startup=yes|autoStartup: expected true or false, found 'yes'"
            })
    void refusesToStartWithAnAttributeThatIsWrong(String settingAndReason) {
        String[] parts = settingAndReason.split("\\|");
        program.withBean(Configured.class)
                .withPropertyValues(parts[0])
                .run(context -> assertThat(context.getStartupFailure())
                        .hasMessageStartingWith("@TidingsListener on " + Configured.class.getName() + ".audit: ")
                        .hasMessageContaining(parts[1]));
    }

    private static void fire(Bus bus, String type, int number) {
        bus.fire(bus.event(type).data(new Order(number)).build());
    }

    /// Prints orders.
    static class Printing {
        @TidingsListener(name = "print", types = "a.Placed")
        void print(Order order) {
            handled.add("print " + order.number);
        }
    }

    /// Has no time.
    static class Busy {
        @TidingsListener(name = "print", types = "a.Placed", filter = "{\"prefix\":{\"subject\":\"de-\"}}")
        void print(Order order) {
            throw new RetryLaterException(Duration.ofMinutes(order.number - 2));
        }
    }

    /// As its properties say.
    static class Configured {
        @TidingsListener(
                name = "${my.name:audit}",
                types = "${my.types:a.Placed}",
                concurrency = "${my.concurrency:}",
                inflight = "${my.inflight:}",
                attempts = "${my.attempts:}",
                ackTimeout = "${my.ack-timeout:}",
                backOff = "${my.back-off:}",
                maxDeliveries = "${my.max-deliveries:}",
                filter = "${my.filter:}",
                from = "latest",
                autoStartup = "${my.auto-startup:}")
        void audit(CloudEvent event) {
            handled.add(event.getId());
        }
    }

    /// Fires before the program is there.
    static class Early implements InitializingBean {
        private final Bus bus;

        Early(Bus bus) {
            this.bus = bus;
        }

        @Override
        public void afterPropertiesSet() {
            fire(bus, "a.Placed", 1);
        }
    }

    /// What a proxy of interfaces has.
    interface Storing {
        void store(Order order);
    }

    @Component
    static class InTransaction implements Storing {
        @Override
        @Transactional
        @TidingsListener(name = "store", types = "a.Placed")
        public void store(Order order) {
            handled.add(order.number + " in a transaction: "
                    + TransactionSynchronizationManager.isActualTransactionActive());
        }
    }

    @Configuration
    @EnableTransactionManagement(proxyTargetClass = true)
    static class OfClasses extends Database {}

    @Configuration
    @EnableTransactionManagement
    static class OfInterfaces extends Database {}

    /// A database, and who writes into it.
    static class Database {
        @Bean
        DataSource database() {
            JdbcDataSource database = new JdbcDataSource();
            database.setUrl("jdbc:h2:mem:listeners");
            return database;
        }

        @Bean
        DataSourceTransactionManager transactions(DataSource database) {
            return new DataSourceTransactionManager(database);
        }

        @Bean
        Storing storing() {
            return new InTransaction();
        }
    }
}
