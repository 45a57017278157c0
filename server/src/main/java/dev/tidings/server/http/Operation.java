package dev.tidings.server.http;

import static dev.tidings.server.http.Input.DOCUMENT;
import static dev.tidings.server.http.Input.EVENTS;
import static dev.tidings.server.http.Input.EVENT_OR_NOTHING;
import static dev.tidings.server.http.Input.NOTHING;
import static dev.tidings.server.http.Input.OBJECT;
import static dev.tidings.server.http.Input.ONE_EVENT;
import static dev.tidings.server.http.Input.RAW_EVENT;
import static dev.tidings.server.http.Input.STREAM;
import static dev.tidings.server.http.Operation.Access.AFTER_PARSING;
import static dev.tidings.server.http.Operation.Access.FIRST;
import static dev.tidings.server.http.Operation.Access.OPEN;
import static dev.tidings.server.http.Output.JSON;
import static dev.tidings.server.http.Output.OWN;
import static dev.tidings.server.http.Output.TEXT;
import static dev.tidings.server.http.Output.YAML;

import io.vertx.core.http.HttpMethod;

/// Everything a client can ask of the server over HTTP: a method and a path, whose `{parameters}` stand for one
/// segment each; what it takes, what it answers with, and when the caller must be known. `openapi.yaml` describes
/// the same list.
public enum Operation {
    PRODUCE_RAW("POST /ce/produce/raw", RAW_EVENT, JSON, AFTER_PARSING),
    PRODUCE_EVENT("POST /ce/produce/event", Input.EVENT, JSON, AFTER_PARSING),
    PRODUCE_EVENTS("POST /ce/produce/events", Input.BATCH, JSON, AFTER_PARSING),
    PRODUCE_ANY("POST /ce", EVENTS, JSON, AFTER_PARSING),

    CONSUME_WEBSOCKET("GET /ce/consume/ws", NOTHING, OWN, FIRST),

    OPEN_INSTANCE("POST /ce/consumers", NOTHING, OWN, FIRST),
    POLL_RAW("GET " + Operation.INSTANCE + "/raw", NOTHING, OWN, FIRST),
    POLL_EVENT("GET " + Operation.INSTANCE + "/event", NOTHING, Output.EVENT, FIRST),
    POLL_EVENTS("GET " + Operation.INSTANCE + "/events", NOTHING, Output.BATCH, FIRST),
    CONFIRM("POST " + Operation.INSTANCE + "/confirm", NOTHING, OWN, FIRST),
    RELEASE("POST " + Operation.INSTANCE + "/release", NOTHING, OWN, FIRST),
    REPORT_DEAD("POST " + Operation.INSTANCE + "/dead", ONE_EVENT, OWN, AFTER_PARSING),
    CLOSE_INSTANCE("DELETE " + Operation.INSTANCE, NOTHING, OWN, FIRST),

    LIST_STREAMS("GET /ce/streams", NOTHING, JSON, FIRST),
    READ_STREAM("GET /ce/streams/{stream}/events", NOTHING, OWN, FIRST),
    STORE_PAYLOAD("PUT " + Operation.PAYLOADS, STREAM, JSON, FIRST),
    BEGIN_UPLOAD("POST " + Operation.PAYLOADS, NOTHING, JSON, FIRST),
    FETCH_PAYLOAD("GET " + Operation.PAYLOADS + "/{payload}", NOTHING, OWN, FIRST),
    SHOW_UPLOAD("GET " + Operation.UPLOAD, NOTHING, JSON, FIRST),
    CONTINUE_UPLOAD("PATCH " + Operation.UPLOAD, STREAM, JSON, FIRST),
    CANCEL_UPLOAD("DELETE " + Operation.UPLOAD, NOTHING, OWN, FIRST),

    MY_SETTINGS("GET /ce/tools/my-settings", NOTHING, JSON, FIRST),
    PRODUCE_TEST_EVENT("POST /ce/tools/consumer/test", ONE_EVENT, JSON, AFTER_PARSING),

    LIST_OWN_DEAD("GET /ce/dead", NOTHING, JSON, FIRST),
    SHOW_OWN_DEAD("GET " + Operation.OWN_DEAD, NOTHING, JSON, FIRST),
    RESUBMIT_OWN_DEAD("POST " + Operation.OWN_DEAD + "/resubmit", EVENT_OR_NOTHING, OWN, FIRST),
    DISCARD_OWN_DEAD("POST " + Operation.OWN_DEAD + "/discard", NOTHING, OWN, FIRST),

    LIST_SUBSCRIPTIONS("GET " + Operation.SUBSCRIPTIONS, NOTHING, JSON, FIRST),
    CREATE_SUBSCRIPTION("POST " + Operation.SUBSCRIPTIONS, OBJECT, JSON, FIRST),
    SHOW_SUBSCRIPTION("GET " + Operation.SUBSCRIPTION, NOTHING, JSON, FIRST),
    REPLACE_SUBSCRIPTION("PUT " + Operation.SUBSCRIPTION, OBJECT, JSON, FIRST),
    DELETE_SUBSCRIPTION("DELETE " + Operation.SUBSCRIPTION, NOTHING, OWN, FIRST),
    SUBSCRIPTION_STATUS("GET " + Operation.SUBSCRIPTION + "/status", NOTHING, JSON, FIRST),
    PAUSE_SUBSCRIPTION("POST " + Operation.SUBSCRIPTION + "/pause", NOTHING, JSON, FIRST),
    RESUME_SUBSCRIPTION("POST " + Operation.SUBSCRIPTION + "/resume", NOTHING, JSON, FIRST),
    ROTATE_SECRET("POST " + Operation.SUBSCRIPTION + "/rotate-secret", NOTHING, JSON, FIRST),
    LIST_GROUPS("GET /ce/groups", NOTHING, JSON, FIRST),
    DELETE_GROUP("DELETE /ce/groups/{group}", NOTHING, OWN, FIRST),

    READ_CATALOG("GET /admin/catalog", NOTHING, YAML, FIRST),
    APPLY_CATALOG("PUT /admin/catalog", DOCUMENT, JSON, FIRST),
    CATALOG_HISTORY("GET /admin/catalog/history", NOTHING, JSON, FIRST),

    LIST_DEAD("GET /admin/dead", NOTHING, JSON, FIRST),
    RESUBMIT_MANY_DEAD("POST /admin/dead", NOTHING, JSON, FIRST),
    DISCARD_MANY_DEAD("DELETE /admin/dead", NOTHING, JSON, FIRST),
    SHOW_DEAD("GET " + Operation.DEAD, NOTHING, JSON, FIRST),
    RESUBMIT_DEAD("POST " + Operation.DEAD, EVENT_OR_NOTHING, OWN, FIRST),
    DISCARD_DEAD("DELETE " + Operation.DEAD, NOTHING, OWN, FIRST),

    BEGIN_BACKUP("POST " + Operation.BACKUPS, NOTHING, JSON, FIRST),
    LIST_BACKUPS("GET " + Operation.BACKUPS, NOTHING, JSON, FIRST),
    SHOW_BACKUP("GET " + Operation.BACKUPS + "/{backup}", NOTHING, JSON, FIRST),

    LIVE("GET /health/live", NOTHING, OWN, OPEN),
    READY("GET /health/ready", NOTHING, OWN, OPEN),
    METRICS("GET /metrics", NOTHING, TEXT, OPEN),
    OPENAPI("GET /openapi.yaml", NOTHING, YAML, OPEN);

    /// Where payloads are stored, and below it fetched.
    public static final String PAYLOADS = "/ce/payloads";
    /// The address of an upload that is not finished.
    public static final String UPLOAD = Operation.PAYLOADS + "/uploads/{upload}";
    /// Where backups are begun and listed.
    public static final String BACKUPS = "/admin/backups";
    /// The address of a dead event.
    public static final String DEAD = "/admin/dead/{dead}";
    /// The address of a dead event for the programs of its client.
    public static final String OWN_DEAD = "/ce/dead/{dead}";
    /// Where subscriptions are created and listed.
    public static final String SUBSCRIPTIONS = "/ce/subscriptions";
    /// The address of a subscription.
    public static final String SUBSCRIPTION = "/ce/subscriptions/{subscription}";
    /// The address of an instance.
    public static final String INSTANCE = "/{node}/ce/consumers/{group}/instances/{instance}";

    private final String method;
    private final String path;
    private final Input input;
    private final Output output;
    private final Access access;

    /// @param line method and path
    Operation(String line, Input input, Output output, Access access) {
        int blank = line.indexOf(' ');
        this.method = line.substring(0, blank);
        this.path = line.substring(blank + 1);
        this.input = input;
        this.output = output;
        this.access = access;
    }

    /// When the caller must be known.
    public enum Access {
        /// Never.
        OPEN,
        /// Before the route is called.
        FIRST,
        /// Once the body was parsed: the route asks for the caller itself, with [Exchange#identify].
        AFTER_PARSING
    }

    public HttpMethod method() {
        return HttpMethod.valueOf(method);
    }

    /// The path as a template.
    public String path() {
        return path;
    }

    public Input input() {
        return input;
    }

    public Output output() {
        return output;
    }

    public Access access() {
        return access;
    }

    /// Whether it only reads what is there, so that `HEAD` may ask for it. A poll takes events, and does not.
    public boolean safe() {
        return method.equals("GET") && !path.startsWith(INSTANCE) && this != CONSUME_WEBSOCKET;
    }
}
