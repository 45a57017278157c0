package dev.tidings.server.polling;

import dev.tidings.broker.consuming.Instance.Settlement;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import dev.tidings.server.http.Answer;
import dev.tidings.server.http.Exchange;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// What the calls to an instance have in common: finding it, and what becomes of what they settle.
final class InstanceRoute {
    private static final Refusal NOT_FOUND = Refusal.of(
            ErrorCode.INSTANCE_NOT_FOUND,
            "there is no such instance of yours here: it expired, ended, or never was; create a new one with"
                    + " POST /ce/consumers");

    private final PolledInstances polled;
    private final String node;

    InstanceRoute(PolledInstances polled, String node) {
        this.polled = polled;
        this.node = node;
    }

    /// Goes on with the instance that the address names, or refuses. The call lasts until the exchange has ended.
    void call(Exchange exchange, Consumer<Call> next) {
        List<String> address = exchange.pathParameters();
        PolledInstance instance =
                address.get(0).equals(node) ? polled.call(address.get(2), address.get(1), exchange.caller()) : null;
        if (instance == null) {
            exchange.refuse(NOT_FOUND);
        } else {
            exchange.whenFinished(() -> polled.answered(instance));
            next.accept(new Call(exchange, instance));
        }
    }

    /// One call to an instance.
    final class Call {
        private final Exchange exchange;
        private final PolledInstance instance;

        private Call(Exchange exchange, PolledInstance instance) {
            this.exchange = exchange;
            this.instance = instance;
        }

        Exchange exchange() {
            return exchange;
        }

        PolledInstance instance() {
            return instance;
        }

        String name() {
            return exchange.pathParameters().get(2);
        }

        /// Whether the instance is no longer there.
        boolean gone() {
            return !polled.has(name(), instance);
        }

        void notFound() {
            exchange.refuse(NOT_FOUND);
        }

        /// Answers when the stage completes: with the answer where all is well.
        void settle(CompletionStage<Settlement> stage, Answer done) {
            exchange.go(stage, settlement -> settled(settlement, () -> exchange.answer(done)));
        }

        /// Goes on where it was settled; else refuses.
        void settled(Settlement settlement, Runnable next) {
            switch (settlement) {
                case DONE, UNMATCHED -> next.run();
                case NEVER_DELIVERED ->
                    exchange.refuse(Refusal.of(
                            ErrorCode.OFFSET_NOT_DELIVERED,
                            "the offset lies beyond the last one that this instance was given; nothing moved"));
                case ENDED -> notFound();
            }
        }
    }
}
