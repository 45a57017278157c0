package dev.tidings.it;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The two ways to consume.
enum Way {
    POLLING {
        @Override
        Consumer open(Client client, String query) {
            return new Polling(client.poll(query));
        }
    },
    WEBSOCKET {
        @Override
        Consumer open(Client client, String query) {
            return new OverWebSocket(client.subscribe(query));
        }
    };

    /// Opens an instance.
    ///
    /// @param query parameters, as `group=a&test=false`
    abstract Consumer open(Client client, String query);

    private record Polling(PolledInstance instance) implements Consumer {
        @Override
        public List<JsonNode> events(int count) {
            return instance.events(count);
        }

        @Override
        public void confirm(long offset) {
            instance.confirm(offset);
        }

        @Override
        public void release(long offset, @Nullable String delay) {
            instance.release(offset, delay).expect(204);
        }

        @Override
        public void dead(JsonNode event) {
            instance.dead(event).expect(202);
        }

        @Override
        public void close() {
            instance.delete();
        }
    }

    private record OverWebSocket(Subscription subscription) implements Consumer {
        @Override
        public List<JsonNode> events(int count) {
            return subscription.events(count);
        }

        @Override
        public void confirm(long offset) {
            subscription.confirm(offset);
        }

        @Override
        public void release(long offset, @Nullable String delay) {
            subscription.send("release:" + offset + (delay == null ? "" : ":" + delay));
        }

        @Override
        public void dead(JsonNode event) {
            subscription.dead(event);
        }

        @Override
        public void close() {
            subscription.close();
        }
    }
}
