package dev.tidings.server;

import dev.tidings.server.admin.BackupRoutes;
import dev.tidings.server.admin.CatalogRoutes;
import dev.tidings.server.dead.DeadRoutes;
import dev.tidings.server.http.Operation;
import dev.tidings.server.http.Route;
import dev.tidings.server.http.Routes;
import dev.tidings.server.payloads.PayloadRoutes;
import dev.tidings.server.polling.PollingRoutes;
import dev.tidings.server.streams.StreamRoutes;
import dev.tidings.server.subscriptions.SubscriptionRoutes;

/// Which route answers which operation.
record Switchboard(
        Route produce,
        Route testEvent,
        Route mySettings,
        Route webSocket,
        PollingRoutes polling,
        StreamRoutes streams,
        CatalogRoutes catalog,
        DeadRoutes deadEvents,
        BackupRoutes backups,
        SubscriptionRoutes subscriptions,
        PayloadRoutes payloads,
        Watching watching,
        Route openApi)
        implements Routes {
    /// The routes for those who watch over the server.
    record Watching(Route live, Route ready, Route metrics) {}

    @Override
    public Route of(Operation operation) {
        return switch (operation) {
            case PRODUCE_RAW, PRODUCE_EVENT, PRODUCE_EVENTS, PRODUCE_ANY -> produce;
            case CONSUME_WEBSOCKET -> webSocket;
            case OPEN_INSTANCE -> polling.open();
            case POLL_RAW -> polling.raw();
            case POLL_EVENT -> polling.event();
            case POLL_EVENTS -> polling.events();
            case CONFIRM -> polling.confirm();
            case RELEASE -> polling.release();
            case REPORT_DEAD -> polling.dead();
            case CLOSE_INSTANCE -> polling.close();
            case LIST_STREAMS -> streams.list();
            case READ_STREAM -> streams.read();
            case STORE_PAYLOAD -> payloads.store();
            case BEGIN_UPLOAD -> payloads.begin();
            case FETCH_PAYLOAD -> payloads.fetch();
            case SHOW_UPLOAD -> payloads.show();
            case CONTINUE_UPLOAD -> payloads.proceed();
            case CANCEL_UPLOAD -> payloads.cancel();
            case MY_SETTINGS -> mySettings;
            case PRODUCE_TEST_EVENT -> testEvent;
            case READ_CATALOG -> catalog.read();
            case APPLY_CATALOG -> catalog.apply();
            case CATALOG_HISTORY -> catalog.history();
            case LIST_DEAD -> deadEvents.all().list();
            case RESUBMIT_MANY_DEAD -> deadEvents.all().resubmitMany();
            case DISCARD_MANY_DEAD -> deadEvents.all().discardMany();
            case SHOW_DEAD -> deadEvents.all().show();
            case RESUBMIT_DEAD -> deadEvents.all().resubmit();
            case DISCARD_DEAD -> deadEvents.all().discard();
            case LIST_OWN_DEAD -> deadEvents.own().list();
            case SHOW_OWN_DEAD -> deadEvents.own().show();
            case RESUBMIT_OWN_DEAD -> deadEvents.own().resubmit();
            case DISCARD_OWN_DEAD -> deadEvents.own().discard();
            case BEGIN_BACKUP -> backups.begin();
            case LIST_BACKUPS -> backups.list();
            case SHOW_BACKUP -> backups.show();
            case LIST_SUBSCRIPTIONS -> subscriptions.list();
            case CREATE_SUBSCRIPTION -> subscriptions.create();
            case SHOW_SUBSCRIPTION -> subscriptions.show();
            case REPLACE_SUBSCRIPTION -> subscriptions.replace();
            case DELETE_SUBSCRIPTION -> subscriptions.delete();
            case SUBSCRIPTION_STATUS -> subscriptions.status();
            case PAUSE_SUBSCRIPTION -> subscriptions.pause();
            case RESUME_SUBSCRIPTION -> subscriptions.resume();
            case ROTATE_SECRET -> subscriptions.rotate();
            case LIST_GROUPS -> subscriptions.listGroups();
            case DELETE_GROUP -> subscriptions.deleteGroup();
            case LIVE -> watching.live();
            case READY -> watching.ready();
            case METRICS -> watching.metrics();
            case OPENAPI -> openApi;
        };
    }
}
