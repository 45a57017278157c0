package dev.tidings.server.health;

import dev.tidings.engine.EngineStatus;
import dev.tidings.model.Bytes;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import dev.tidings.server.http.Answer;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `GET /health/ready`: whether events can be published and delivered now. A server without event types in its
/// catalog is ready too: or nobody could reach it to give it some.
public final class ReadyRoute implements Route {
    private static final Answer READY = Answer.json(200, Bytes.utf8("{\"status\":\"ready\"}"));
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final BooleanSupplier draining;
    private final Supplier<EngineStatus> engine;

    public ReadyRoute(BooleanSupplier draining, Supplier<EngineStatus> engine) {
        this.draining = draining;
        this.engine = engine;
    }

    @Override
    public void handle(Exchange exchange) {
        List<String> reasons = new ArrayList<>();
        if (draining.getAsBoolean()) {
            reasons.add("the broker is shutting down");
        }
        String refusal = engine.get().refusal();
        if (refusal != null) {
            reasons.add("the store takes no events: " + refusal);
        }
        if (reasons.isEmpty()) {
            exchange.answer(READY);
        } else {
            exchange.refuse(Refusal.retryable(ErrorCode.NOT_READY, String.join("; ", reasons), RETRY));
        }
    }
}
