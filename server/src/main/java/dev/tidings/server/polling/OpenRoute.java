package dev.tidings.server.polling;

import dev.tidings.broker.consuming.Instances;
import dev.tidings.broker.consuming.Opened;
import dev.tidings.broker.consuming.Opening;
import dev.tidings.model.Caller;
import dev.tidings.model.Refusal;
import dev.tidings.server.http.Answer;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.Query;
import dev.tidings.server.http.Route;
import io.vertx.core.http.HttpHeaders;

/// Opens an instance, and tells its address.
public final class OpenRoute implements Route {
    private final Instances instances;
    private final PolledInstances polled;
    private final InstanceAddresses addresses;

    public OpenRoute(Instances instances, PolledInstances polled, InstanceAddresses addresses) {
        this.instances = instances;
        this.polled = polled;
        this.addresses = addresses;
    }

    @Override
    public void handle(Exchange exchange) {
        Query query = exchange.query();
        Opening opening = OpeningQuery.read(query);
        Refusal refusal = query.refusal();
        if (refusal == null) {
            open(exchange, exchange.caller(), opening);
        } else {
            exchange.refuse(refusal);
        }
    }

    private void open(Exchange exchange, Caller caller, Opening opening) {
        PolledInstances.Place place = polled.place();
        exchange.go(instances.open(caller, opening, place), opened -> {
            switch (opened) {
                case Opened.Refused(Refusal refusal) -> exchange.refuse(refusal);
                case Opened.Open(var instance) -> {
                    place.take(instance, caller, opening.group());
                    created(exchange, instance.id(), opening.group());
                }
            }
        });
    }

    private void created(Exchange exchange, String name, String group) {
        var location = new Answer.Header(HttpHeaders.LOCATION, addresses.of(group, name));
        exchange.answer(Answer.empty(201).with(location), written -> {
            if (!written) {
                polled.remove(name);
            }
        });
    }
}
