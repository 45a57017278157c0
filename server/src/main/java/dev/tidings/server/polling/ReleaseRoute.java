package dev.tidings.server.polling;

import dev.tidings.broker.consuming.Instance;
import dev.tidings.model.Refusal;
import dev.tidings.server.http.Answer;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.Query;
import dev.tidings.server.http.Route;
import dev.tidings.wire.ReleaseDelay;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Gives one event back, to be delivered again at once or after a delay.
final class ReleaseRoute implements Route {
    private static final Query.Range OFFSETS = new Query.Range(1, Instance.ALL - 1);
    private static final String OFFSET = "offset";
    private static final String DELAY = "delay";

    private final InstanceRoute instances;

    ReleaseRoute(InstanceRoute instances) {
        this.instances = instances;
    }

    @Override
    public void handle(Exchange exchange) {
        Query query = exchange.query();
        if (query.text(OFFSET) == null) {
            query.complain(OFFSET, "the offset of the event to release");
        }
        long offset = query.number(OFFSET, 1, OFFSETS);
        Duration delay = delay(query);
        Refusal refusal = query.refusal();
        if (refusal != null) {
            exchange.refuse(refusal);
            return;
        }
        instances.call(exchange, call -> call.settle(call.instance().release(offset, delay), Answer.NO_CONTENT));
    }

    private static @Nullable Duration delay(Query query) {
        String text = query.text(DELAY);
        Duration delay = text == null ? null : ReleaseDelay.parse(text).orElse(null);
        if (text != null && delay == null) {
            query.complain(DELAY, ReleaseDelay.EXPECTED);
        }
        return delay;
    }
}
