package dev.tidings.client;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class NamingAdviceTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.tidings.client.naming");
    private final Level level = logger.getLevel();
    private final ListAppender<ILoggingEvent> told = new ListAppender<>();
    private final Bus bus = Tidings.inProcess().source(URI.create("/shop")).open();

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO);
        told.start();
        logger.addAppender(told);
        logger.setAdditive(false);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(told);
        logger.setAdditive(true);
        logger.setLevel(level);
        bus.close();
    }

    @Test
    void advisesOnceOnEachTypeThatAProgramMakes() {
        for (int i = 0; i < 3; i++) {
            bus.event("Shop.Web.Order.Place");
            bus.event("Shop.Web.Order.Placed");
        }

        assertThat(told.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .startsWith("event type Shop.Web.Order.Place: ")
                .contains("not in the past tense");
    }

    @Test
    void advisesOnTypesOfEventsThatOthersMade() {
        bus.fire(EventForm.of(URI.create("/other"), null).event("placed").build());

        assertThat(told.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .anyMatch(line -> line.contains("segments"));
    }

    @Test
    void advisesOnTypesThatAreListenedTo() {
        bus.listen(Listening.to("all", "Shop.Web.Order.Placed", "Shop.Web.Order.Cancel"), event -> {});

        assertThat(told.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .contains("Shop.Web.Order.Cancel");
    }

    @Test
    void saysNothingWhereNobodyWantsToHearIt() {
        logger.setLevel(Level.WARN);

        bus.event("Shop.Web.Order.Place");

        assertThat(told.list).isEmpty();
    }

    @Test
    void fallsSilentAtTypesWithoutEnd() {
        for (int i = 0; i < 2_000; i++) {
            bus.event("Shop.Web.Order.Place" + i);
        }

        assertThat(told.list).hasSize(1_000);
    }
}
