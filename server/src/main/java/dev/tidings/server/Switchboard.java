package dev.tidings.server;

import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import dev.tidings.server.http.Operation;
import dev.tidings.server.http.Route;
import dev.tidings.server.http.Routes;

/// Which route answers which operation.
final class Switchboard implements Routes {
    private static final Route NOT_THERE =
            exchange -> exchange.refuse(Refusal.of(ErrorCode.NOT_FOUND, "this is not served yet"));

    @Override
    public Route of(Operation operation) {
        return switch (operation) {
            case PRODUCE_RAW, PRODUCE_EVENT, PRODUCE_EVENTS, PRODUCE_ANY -> NOT_THERE;
            case OPEN_INSTANCE -> NOT_THERE;
            case POLL_RAW -> NOT_THERE;
            case POLL_EVENT -> NOT_THERE;
            case POLL_EVENTS -> NOT_THERE;
            case CONFIRM -> NOT_THERE;
            case REPORT_DEAD -> NOT_THERE;
            case CLOSE_INSTANCE -> NOT_THERE;
            case MY_SETTINGS -> NOT_THERE;
            case PRODUCE_TEST_EVENT -> NOT_THERE;
            case CONSUME_WEBSOCKET -> NOT_THERE;
            case LIVE -> NOT_THERE;
            case READY -> NOT_THERE;
            case METRICS -> NOT_THERE;
            case OPENAPI -> NOT_THERE;
        };
    }
}
