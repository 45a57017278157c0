package dev.tidings.server;

import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import dev.tidings.server.admin.CatalogRoutes;
import dev.tidings.server.admin.DeadRoutes;
import dev.tidings.server.http.Operation;
import dev.tidings.server.http.Route;
import dev.tidings.server.http.Routes;
import dev.tidings.server.polling.PollingRoutes;

/// Which route answers which operation.
record Switchboard(
        Route produce,
        Route testEvent,
        Route mySettings,
        PollingRoutes polling,
        Route openApi,
        CatalogRoutes catalog,
        DeadRoutes deadEvents)
        implements Routes {
    private static final Route NOT_THERE =
            exchange -> exchange.refuse(Refusal.of(ErrorCode.NOT_FOUND, "this is not served yet"));

    @Override
    public Route of(Operation operation) {
        return switch (operation) {
            case PRODUCE_RAW, PRODUCE_EVENT, PRODUCE_EVENTS, PRODUCE_ANY -> produce;
            case CONSUME_WEBSOCKET -> NOT_THERE;
            case OPEN_INSTANCE -> polling.open();
            case POLL_RAW -> polling.raw();
            case POLL_EVENT -> polling.event();
            case POLL_EVENTS -> polling.events();
            case CONFIRM -> polling.confirm();
            case REPORT_DEAD -> polling.dead();
            case CLOSE_INSTANCE -> polling.close();
            case MY_SETTINGS -> mySettings;
            case PRODUCE_TEST_EVENT -> testEvent;
            case READ_CATALOG -> catalog.read();
            case APPLY_CATALOG -> catalog.apply();
            case CATALOG_HISTORY -> catalog.history();
            case LIST_DEAD -> deadEvents.list();
            case RESUBMIT_MANY_DEAD -> deadEvents.resubmitMany();
            case DISCARD_MANY_DEAD -> deadEvents.discardMany();
            case SHOW_DEAD -> deadEvents.show();
            case RESUBMIT_DEAD -> deadEvents.resubmit();
            case DISCARD_DEAD -> deadEvents.discard();
            case LIVE, READY, METRICS -> NOT_THERE;
            case OPENAPI -> openApi;
        };
    }
}
