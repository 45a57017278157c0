package dev.tidings.server.producing;

import dev.tidings.broker.publishing.Published;
import dev.tidings.broker.publishing.Publishing;
import dev.tidings.model.Refusal;
import dev.tidings.model.Submission;
import dev.tidings.server.http.Answer;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.Route;
import dev.tidings.wire.Decoded;
import dev.tidings.wire.Receipt;

/// Takes events in, in any mode; answers once they are durable.
public final class ProduceRoute implements Route {
    private static final Answer ONE_NEW = receipt(1, 0);
    private static final Answer ONE_DUPLICATE = receipt(1, 1);

    private final EventInput input;
    private final Publishing publishing;

    public ProduceRoute(EventInput input, Publishing publishing) {
        this.input = input;
        this.publishing = publishing;
    }

    @Override
    public void handle(Exchange exchange) {
        switch (input.events(exchange)) {
            case Decoded.Refused(Refusal refusal) -> exchange.refuse(refusal);
            case Decoded.Parsed(Submission submission) ->
                exchange.identify(() -> exchange.go(
                        publishing.publish(exchange.caller(), submission), published -> answer(exchange, published)));
        }
    }

    /// Answers with a receipt, or with why nothing was stored.
    public static void answer(Exchange exchange, Published published) {
        switch (published) {
            case Published.Accepted(int accepted, int duplicates) -> exchange.answer(answer(accepted, duplicates));
            case Published.Refused(Refusal refusal) -> exchange.refuse(refusal);
        }
    }

    private static Answer answer(int accepted, int duplicates) {
        if (accepted == 1) {
            return duplicates == 0 ? ONE_NEW : ONE_DUPLICATE;
        }
        return receipt(accepted, duplicates);
    }

    private static Answer receipt(int accepted, int duplicates) {
        return Answer.json(200, new Receipt(accepted, duplicates).json());
    }
}
