package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// An instance that is polled.
public record PolledInstance(Client client, String address) {
    private static final int LARGEST_BATCH = 1000;

    /// Polls `/raw`, `/event` or `/events`.
    public Reply poll(String what) {
        return client.get(address + "/" + what);
    }

    /// The next event; waits for it.
    JsonNode event() {
        return poll("event?timeout=60").expect(200).json();
    }

    /// So many of the next events; waits for them.
    List<JsonNode> events(int count) {
        List<JsonNode> events = new ArrayList<>();
        while (events.size() < count) {
            int max = Math.min(LARGEST_BATCH, count - events.size());
            Reply reply = poll("events?timeout=60&max=" + max).expect(200);
            reply.json().forEach(events::add);
        }
        return events;
    }

    /// Demands that there is no event for it now.
    void hasNothing() {
        Reply reply = poll("event?timeout=0");
        assertThat(reply.status()).as("there is an event: %s", reply.text()).isEqualTo(204);
    }

    /// Confirms all that was read.
    void confirm() {
        client.post(address + "/confirm").expect(204);
    }

    public void confirm(long offset) {
        confirmation(offset).expect(204);
    }

    Reply confirmation(long offset) {
        return client.post(address + "/confirm?offset=" + offset);
    }

    /// Gives one event back.
    ///
    /// @param delay as it is written; null: none is said
    Reply release(long offset, @Nullable String delay) {
        return client.post(address + "/release?offset=" + offset + (delay == null ? "" : "&delay=" + delay));
    }

    /// Reports an event as dead, structured.
    Reply dead(JsonNode event) {
        return client.send(Call.post(address + "/dead").type(Call.EVENT).body(event.toString()));
    }

    /// Ends it.
    public void delete() {
        client.send(Call.of("DELETE", address)).expect(204);
    }
}
