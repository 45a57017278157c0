package dev.tidings.testkit;

import dev.tidings.client.Bus;
import dev.tidings.client.EventHandler;
import dev.tidings.client.JsonMapping;
import dev.tidings.client.Listener;
import dev.tidings.testkit.Audience.Seat;
import dev.tidings.testkit.Flow.Entry;
import dev.tidings.testkit.Flow.Step;
import io.cloudevents.CloudEvent;

/// Where the buses of one test record.
record Recording(Flow flow, Audience audience, Shuffle shuffle, JsonMapping json) {
    static Recording begin(JsonMapping json) {
        return new Recording(new Flow(json), new Audience(), new Shuffle(), json);
    }

    void published(CloudEvent event) {
        flow.add(new Entry(Step.PUBLISHED, event, "", ""));
    }

    void refused(CloudEvent event, Throwable why) {
        flow.add(new Entry(Step.REFUSED, event, "", String.valueOf(why.getMessage())));
    }

    /// Has the handler listen, and what it does recorded.
    Listener seat(Seat seat, EventHandler handler, Bus bus) {
        Listener listener = bus.listen(seat.listening(), RecordedHandler.of(seat, handler, this));
        audience.add(seat);
        return () -> {
            audience.remove(seat);
            listener.close();
        };
    }
}
