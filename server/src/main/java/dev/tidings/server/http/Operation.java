package dev.tidings.server.http;

import static dev.tidings.server.http.Operation.Access.AFTER_PARSING;
import static dev.tidings.server.http.Operation.Access.FIRST;
import static dev.tidings.server.http.Operation.Access.OPEN;
import static dev.tidings.server.http.Operation.Input.DOCUMENT;
import static dev.tidings.server.http.Operation.Input.EVENTS;
import static dev.tidings.server.http.Operation.Input.NOTHING;
import static dev.tidings.server.http.Operation.Input.OBJECT;
import static dev.tidings.server.http.Operation.Input.STREAM;

import io.vertx.core.http.HttpMethod;

/// Everything a client can ask of the server over HTTP: a method and a path, whose `{parameters}` stand for one
/// segment each. `openapi.yaml` describes the same list.
public enum Operation {
    PRODUCE_RAW("POST", "/ce/produce/raw", EVENTS, AFTER_PARSING),
    PRODUCE_EVENT("POST", "/ce/produce/event", EVENTS, AFTER_PARSING),
    PRODUCE_EVENTS("POST", "/ce/produce/events", EVENTS, AFTER_PARSING),
    PRODUCE_ANY("POST", "/ce", EVENTS, AFTER_PARSING),

    CONSUME_WEBSOCKET("GET", "/ce/consume/ws", NOTHING, FIRST),

    OPEN_INSTANCE("POST", "/ce/consumers", NOTHING, FIRST),
    POLL_RAW("GET", Operation.INSTANCE + "/raw", NOTHING, FIRST),
    POLL_EVENT("GET", Operation.INSTANCE + "/event", NOTHING, FIRST),
    POLL_EVENTS("GET", Operation.INSTANCE + "/events", NOTHING, FIRST),
    CONFIRM("POST", Operation.INSTANCE + "/confirm", NOTHING, FIRST),
    RELEASE("POST", Operation.INSTANCE + "/release", NOTHING, FIRST),
    REPORT_DEAD("POST", Operation.INSTANCE + "/dead", EVENTS, AFTER_PARSING),
    CLOSE_INSTANCE("DELETE", Operation.INSTANCE, NOTHING, FIRST),

    LIST_STREAMS("GET", "/ce/streams", NOTHING, FIRST),
    READ_STREAM("GET", "/ce/streams/{stream}/events", NOTHING, FIRST),
    STORE_PAYLOAD("PUT", Operation.PAYLOADS, STREAM, FIRST),
    BEGIN_UPLOAD("POST", Operation.PAYLOADS, NOTHING, FIRST),
    FETCH_PAYLOAD("GET", Operation.PAYLOADS + "/{payload}", NOTHING, FIRST),
    SHOW_UPLOAD("GET", Operation.UPLOAD, NOTHING, FIRST),
    CONTINUE_UPLOAD("PATCH", Operation.UPLOAD, STREAM, FIRST),
    CANCEL_UPLOAD("DELETE", Operation.UPLOAD, NOTHING, FIRST),

    MY_SETTINGS("GET", "/ce/tools/my-settings", NOTHING, FIRST),
    PRODUCE_TEST_EVENT("POST", "/ce/tools/consumer/test", EVENTS, AFTER_PARSING),

    LIST_OWN_DEAD("GET", "/ce/dead", NOTHING, FIRST),
    SHOW_OWN_DEAD("GET", Operation.OWN_DEAD, NOTHING, FIRST),
    RESUBMIT_OWN_DEAD("POST", Operation.OWN_DEAD + "/resubmit", EVENTS, FIRST),
    DISCARD_OWN_DEAD("POST", Operation.OWN_DEAD + "/discard", NOTHING, FIRST),

    LIST_SUBSCRIPTIONS("GET", Operation.SUBSCRIPTIONS, NOTHING, FIRST),
    CREATE_SUBSCRIPTION("POST", Operation.SUBSCRIPTIONS, OBJECT, FIRST),
    SHOW_SUBSCRIPTION("GET", Operation.SUBSCRIPTION, NOTHING, FIRST),
    REPLACE_SUBSCRIPTION("PUT", Operation.SUBSCRIPTION, OBJECT, FIRST),
    DELETE_SUBSCRIPTION("DELETE", Operation.SUBSCRIPTION, NOTHING, FIRST),
    SUBSCRIPTION_STATUS("GET", Operation.SUBSCRIPTION + "/status", NOTHING, FIRST),
    PAUSE_SUBSCRIPTION("POST", Operation.SUBSCRIPTION + "/pause", NOTHING, FIRST),
    RESUME_SUBSCRIPTION("POST", Operation.SUBSCRIPTION + "/resume", NOTHING, FIRST),
    ROTATE_SECRET("POST", Operation.SUBSCRIPTION + "/rotate-secret", NOTHING, FIRST),
    LIST_GROUPS("GET", "/ce/groups", NOTHING, FIRST),
    DELETE_GROUP("DELETE", "/ce/groups/{group}", NOTHING, FIRST),

    READ_CATALOG("GET", "/admin/catalog", NOTHING, FIRST),
    APPLY_CATALOG("PUT", "/admin/catalog", DOCUMENT, FIRST),
    CATALOG_HISTORY("GET", "/admin/catalog/history", NOTHING, FIRST),

    LIST_DEAD("GET", "/admin/dead", NOTHING, FIRST),
    RESUBMIT_MANY_DEAD("POST", "/admin/dead", NOTHING, FIRST),
    DISCARD_MANY_DEAD("DELETE", "/admin/dead", NOTHING, FIRST),
    SHOW_DEAD("GET", Operation.DEAD, NOTHING, FIRST),
    RESUBMIT_DEAD("POST", Operation.DEAD, EVENTS, FIRST),
    DISCARD_DEAD("DELETE", Operation.DEAD, NOTHING, FIRST),

    BEGIN_BACKUP("POST", Operation.BACKUPS, NOTHING, FIRST),
    LIST_BACKUPS("GET", Operation.BACKUPS, NOTHING, FIRST),
    SHOW_BACKUP("GET", Operation.BACKUPS + "/{backup}", NOTHING, FIRST),

    LIVE("GET", "/health/live", NOTHING, OPEN),
    READY("GET", "/health/ready", NOTHING, OPEN),
    METRICS("GET", "/metrics", NOTHING, OPEN),
    OPENAPI("GET", "/openapi.yaml", NOTHING, OPEN);

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
    private final Access access;

    Operation(String method, String path, Input input, Access access) {
        this.method = method;
        this.path = path;
        this.input = input;
        this.access = access;
    }

    /// What the body of a request may be.
    public enum Input {
        /// A body is passed over.
        NOTHING,
        /// Events: at most [HttpConfig.Limits#request].
        EVENTS,
        /// A JSON object: at most [HttpConfig.Limits#request].
        OBJECT,
        /// A document for the administration: at most [HttpConfig.Limits#document].
        DOCUMENT,
        /// As much as the route takes: it reads the body itself, with [Exchange#receive].
        STREAM
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

    public Access access() {
        return access;
    }

    /// Whether it only reads what is there, so that `HEAD` may ask for it. A poll takes events, and does not.
    public boolean safe() {
        return method.equals("GET") && !path.startsWith(INSTANCE) && this != CONSUME_WEBSOCKET;
    }
}
