package dev.tidings.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventFormTest {
    private final EventForm form = EventForm.of(URI.create("/shop"), null);
    private final List<Order> handled = new ArrayList<>();
    private final EventHandler handler = form.json().handler(Order.class, handled::add);

    /// What events carry.
    record Order(int number) {}

    @Test
    void readsPayloadsAsTheTypeOfTheHandler() throws Exception {
        handler.handle(form.event("a.b").data(new Order(3)).build());

        assertThat(handled).containsExactly(new Order(3));
    }

    @Test
    void callsAnEventDeadThatHasNoPayload() {
        assertThatThrownBy(() -> handler.handle(form.event("a.b").build()))
                .isInstanceOf(DeadEventException.class)
                .hasMessage("it has no data, expected Order");
    }

    @Test
    void callsAnEventDeadWhosePayloadIsSomethingElse() {
        assertThatThrownBy(() -> handler.handle(form.event("a.b").data("a text").build()))
                .isInstanceOf(DeadEventException.class)
                .hasMessageStartingWith("its data is no Order: ");
    }
}
