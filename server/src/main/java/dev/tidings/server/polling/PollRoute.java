package dev.tidings.server.polling;

import dev.tidings.broker.consuming.Instance.Settlement;
import dev.tidings.model.Delivery;
import dev.tidings.model.Refusal;
import dev.tidings.server.http.Answer;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.Query;
import dev.tidings.server.http.Route;
import dev.tidings.server.polling.InstanceRoute.Call;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/// Answers with the next event, or the next batch, as soon as there is one.
final class PollRoute implements Route {
    private final InstanceRoute instances;
    private final PollingConfig config;
    private final boolean batches;
    private final Function<List<Delivery>, Answer> form;

    private PollRoute(
            InstanceRoute instances, PollingConfig config, boolean batches, Function<List<Delivery>, Answer> form) {
        this.instances = instances;
        this.config = config;
        this.batches = batches;
        this.form = form;
    }

    static PollRoute raw(InstanceRoute instances, PollingConfig config) {
        return new PollRoute(instances, config, false, events -> DeliveredForm.raw(events.getFirst()));
    }

    static PollRoute event(InstanceRoute instances, PollingConfig config) {
        return new PollRoute(instances, config, false, events -> DeliveredForm.event(events.getFirst()));
    }

    static PollRoute events(InstanceRoute instances, PollingConfig config) {
        return new PollRoute(instances, config, true, DeliveredForm::batch);
    }

    @Override
    public void handle(Exchange exchange) {
        Query query = exchange.query();
        Wish wish = new Wish(
                query.flag("confirm", false),
                batches ? (int) query.number("max", config.batch(), new Query.Range(1, config.largest())) : 1,
                Duration.ofSeconds(query.number(
                        "timeout",
                        config.timeout().toSeconds(),
                        new Query.Range(0, config.longest().toSeconds()))));
        Refusal refusal = query.refusal();
        if (refusal != null) {
            exchange.refuse(refusal);
            return;
        }
        instances.call(exchange, call -> {
            if (wish.confirm) {
                exchange.go(call.instance().confirmRead(), settlement -> confirmed(call, settlement, wish));
            } else {
                poll(call, wish);
            }
        });
    }

    /// What a poll asks for.
    private record Wish(boolean confirm, int max, Duration timeout) {}

    private void confirmed(Call call, Settlement settlement, Wish wish) {
        call.settled(settlement, () -> poll(call, wish));
    }

    private void poll(Call call, Wish wish) {
        call.exchange().whenGone(() -> call.exchange().answer(Answer.NO_CONTENT));
        int maxBytes = (int) config.batchBytes().bytes();
        call.exchange().go(call.instance().poll(wish.max, maxBytes, wish.timeout), events -> answer(call, events));
    }

    private void answer(Call call, List<Delivery> events) {
        if (!events.isEmpty()) {
            PolledInstance.Written written = call.instance().writes(events);
            call.exchange().whenFinished(() -> written.ended(false));
            call.exchange().answer(form.apply(events), written::ended);
        } else if (call.gone()) {
            call.notFound();
        } else {
            call.exchange().answer(Answer.NO_CONTENT);
        }
    }
}
