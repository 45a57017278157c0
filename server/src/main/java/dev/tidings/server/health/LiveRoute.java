package dev.tidings.server.health;

import dev.tidings.model.Bytes;
import dev.tidings.server.http.Answer;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.Route;

/// `GET /health/live`: whoever gets an answer knows that the event loops turn.
public final class LiveRoute implements Route {
    private static final Answer LIVE = Answer.json(200, Bytes.utf8("{\"status\":\"live\"}"));

    public LiveRoute() {}

    @Override
    public void handle(Exchange exchange) {
        exchange.answer(LIVE);
    }
}
