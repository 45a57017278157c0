package dev.tidings.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.client.Bus;
import dev.tidings.client.Tidings;
import io.cloudevents.CloudEvent;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.SmartLifecycle;

/// In which order a program ends.
@Timeout(60)
class ShutdownTest {
    private static final List<String> told = new CopyOnWriteArrayList<>();
    private static final CountDownLatch begun = new CountDownLatch(1);

    private final ApplicationContextRunner program = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(TidingsAutoConfiguration.class))
            .withBean(
                    Bus.class,
                    () -> Tidings.inProcess().source(URI.create("/shop")).open());

    @Test
    void letsListenersFinishThenTheWebServerAndThenTheBus() {
        program.withBean(Slow.class).withBean(Web.class).run(context -> {
            Bus bus = context.getBean(Bus.class);
            bus.fire(bus.event("a.Placed").build());
            begun.await();
        });

        assertThat(told).containsExactly("handled", "the web server fires and ends, listeners run: false");
    }

    /// Is at an event when the program ends.
    static class Slow {
        private final ObjectProvider<TidingsListeners> listeners;

        Slow(ObjectProvider<TidingsListeners> listeners) {
            this.listeners = listeners;
        }

        @TidingsListener(name = "slow", types = "a.Placed")
        void handle(CloudEvent event) {
            begun.countDown();
            while (listeners.getObject().isRunning()) {
                Thread.onSpinWait();
            }
            told.add("handled");
        }
    }

    /// Ends when Spring's web servers begin to; depends on no listener, or it would end before it.
    static class Web implements SmartLifecycle {
        private final Bus bus;
        private final ObjectProvider<TidingsListeners> listeners;
        private boolean running;

        Web(Bus bus, ObjectProvider<TidingsListeners> listeners) {
            this.bus = bus;
            this.listeners = listeners;
        }

        @Override
        public void start() {
            running = true;
        }

        @Override
        public void stop() {
            bus.fire(bus.event("a.Paid").build());
            told.add("the web server fires and ends, listeners run: "
                    + listeners.getObject().isRunning());
        }

        @Override
        public boolean isRunning() {
            return running;
        }

        @Override
        public int getPhase() {
            return DEFAULT_PHASE - 1024;
        }
    }
}
