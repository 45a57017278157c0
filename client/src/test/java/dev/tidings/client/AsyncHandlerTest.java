package dev.tidings.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudevents.CloudEvent;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AsyncHandlerTest {
    private static final String TYPE = "Shop.Web.Order.Placed";

    private final Bus bus = Tidings.inProcess()
            .source(URI.create("/shop"))
            .delivery(Delivery.synchronous())
            .open();

    @AfterEach
    void close() {
        bus.close();
    }

    @Test
    void isWaitedForWhereDeliveryIsSynchronous() {
        List<String> done = new ArrayList<>();
        bus.listen(
                Listening.to("print", TYPE),
                AsyncHandler.of(event -> CompletableFuture.runAsync(() -> done.add(event.getId()))));

        bus.fire(event());

        assertThat(done).containsExactly("1");
    }

    @Test
    void throwsWhatItsStageFailedWith() {
        IllegalStateException failure = new IllegalStateException("the printer burns");
        bus.listen(
                Listening.to("print", TYPE),
                AsyncHandler.of(event -> CompletableFuture.runAsync(() -> {
                    throw failure;
                })));

        assertThatThrownBy(() -> bus.fire(event())).isSameAs(failure);
    }

    private CloudEvent event() {
        return bus.event(TYPE).id("1").build();
    }
}
