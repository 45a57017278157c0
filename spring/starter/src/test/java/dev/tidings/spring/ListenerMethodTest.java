package dev.tidings.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.client.DeadEventException;
import dev.tidings.client.EventBuilder;
import dev.tidings.client.JsonMapping;
import dev.tidings.client.Tidings;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class ListenerMethodTest {
    private static final JsonMapping JSON = JsonMapping.jackson(JsonMapper.shared());

    private final Good good = new Good();

    /// What an event carries.
    record Order(int number) {}

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    payload | Order[number=7]
                    event   | 1
                    both    | Order[number=7] of 1
                    swapped | 1 with Order[number=7]
                    map     | {number=7}
                    """)
    void passesWhatItsParametersAskFor(String method, String handled) throws Exception {
        listener(good, method).handle(event().data(new Order(7)).build());

        assertThat(good.handled).containsExactly(handled);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    nothing  | it takes the payload, or the CloudEvent, or both; found 0 parameters
                    payloads | it takes the payload, or the CloudEvent, or both; found 2 parameters
                    events   | it takes the payload, or the CloudEvent, or both; found 2 parameters
                    bytes    | a payload is read from JSON: for its bytes take the CloudEvent; found byte[]
                    data     | a payload is read from JSON: for its bytes take the CloudEvent; found CloudEventData
                    list     | a payload is of a plain class or a Map<String, Object>; found java.util.List<
                    counted  | it returns nothing, or a CompletionStage; found int
                    """)
    void refusesAMethodThatCannotHandleEvents(String method, String reason) {
        assertThatThrownBy(() -> listener(new Bad(), method))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(reason);
    }

    @Test
    void callsAnEventDeadWhosePayloadItCannotRead() {
        ListenerMethod listener = listener(good, "payload");

        assertThatThrownBy(() -> listener.handle(event().build()))
                .isInstanceOf(DeadEventException.class)
                .hasMessage("it has no data, expected Order");
        assertThatThrownBy(() -> listener.handle(event().text("hello").build()))
                .isInstanceOf(DeadEventException.class)
                .hasMessageStartingWith("its data is no Order: ");
        assertThat(good.handled).isEmpty();
    }

    @Test
    void throwsWhatTheMethodThrows() {
        assertThatThrownBy(() -> listener(good, "away").handle(event().build()))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> listener(good, "broken").handle(event().build()))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void handsOnTheStageThatTheMethodReturns() throws Exception {
        assertThat(listener(good, "payload").isAsynchronous()).isFalse();
        ListenerMethod later = listener(good, "later");
        assertThat(later.isAsynchronous()).isTrue();

        assertThat(later.begin(event().data(new Order(7)).build())).isSameAs(good.stage);

        good.stage = null;
        assertThatThrownBy(() -> later.begin(event().data(new Order(7)).build()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Good.later returned null instead of a CompletionStage");
    }

    private static EventBuilder event() {
        return Tidings.inProcess()
                .source(URI.create("/shop"))
                .open()
                .event("a.Placed")
                .id("1");
    }

    private static ListenerMethod listener(Object bean, String name) {
        Method method = Arrays.stream(bean.getClass().getDeclaredMethods())
                .filter(one -> one.getName().equals(name))
                .findFirst()
                .orElseThrow();
        return new ListenerMethod(bean, method, JSON);
    }

    /// Methods that can.
    static class Good {
        private final List<String> handled = new ArrayList<>();

        private CompletableFuture<String> stage = new CompletableFuture<>();

        CompletionStage<String> later(Order order) {
            handled.add(order.toString());
            return stage;
        }

        void payload(Order order) {
            handled.add(order.toString());
        }

        void event(CloudEvent event) {
            handled.add(event.getId());
        }

        void both(Order order, CloudEvent event) {
            handled.add(order + " of " + event.getId());
        }

        void swapped(CloudEvent event, Order order) {
            handled.add(event.getId() + " with " + order);
        }

        void map(Map<String, Object> order) {
            handled.add(order.toString());
        }

        void away(CloudEvent event) throws IOException {
            Files.readString(Path.of(event.getId(), "nowhere"));
        }

        void broken(CloudEvent event) {
            assertThat(event.getId()).isEqualTo("2");
        }
    }

    /// Methods that can't.
    static class Bad {
        void nothing() {}

        void payloads(Order one, Order other) {}

        void events(CloudEvent one, CloudEvent other) {}

        void bytes(byte[] payload) {}

        void data(CloudEventData payload) {}

        void list(List<Order> orders) {}

        int counted(Order order) {
            return order.number();
        }
    }
}
