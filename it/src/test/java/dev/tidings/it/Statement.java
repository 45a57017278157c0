package dev.tidings.it;

/// The statements of the wire protocol, each proven by at least one test that says so with [Proves].
enum Statement {
    // Events
    EVENTS_ARE_CLOUDEVENTS_1_0("specversion is always \"1.0\"; another one is refused"),
    TYPES_OF_FOUR_SEGMENTS("a type Organization.System.Entity.Action is accepted"),
    TYPES_OF_OTHER_FORMS("other well-formed types are accepted too"),

    // Who is calling
    CALLER_BY_FINGERPRINT("a client certificate proves the caller by its SHA-256 fingerprint"),
    CALLER_BY_SUBJECT("a client certificate proves the caller by its subject under a trusted CA"),
    CALLER_BY_API_KEY("a static API key as bearer token proves the caller; only its hash is stored"),
    CALLER_BY_JWT("a JWT from the configured OIDC issuer proves the caller"),
    TLS_1_2_OR_HIGHER("mutual TLS is 1.2 or higher"),
    INSECURE_ONLY_WHEN_TOLD("with no credentials configured, the server starts only when told --insecure"),
    INSECURE_BINDS_LOOPBACK("an insecure server binds loopback only, and says so"),

    // Errors
    ERRORS_ARE_PROBLEMS("every error body is application/problem+json with type, title, status, detail"),
    ERRORS_NAME_BAD_EVENTS("a rejected batch names each bad event with index, id, JSON pointer and reason"),
    ERRORS_TOLD_IN_ONE_PASS("all the errors that can be told in one pass are told in one answer, up to 100"),
    STATUS_401_WWW_AUTHENTICATE("with 401 comes WWW-Authenticate"),
    STATUS_405_ALLOW("with 405 comes Allow"),
    STATUS_415_ACCEPT_POST("with 415 comes Accept-Post"),
    STATUS_415_ACCEPT_ENCODING("with 415 for an unknown content coding comes Accept-Encoding"),
    STATUS_400_NOT_JSON("a body that is not JSON is 400"),
    STATUS_400_REQUIRED_ATTRIBUTE("a required attribute that is missing or of the wrong form is 400"),
    STATUS_400_FUTURE_TIME("time in the future beyond the tolerance is 400, within it accepted"),
    STATUS_400_PARAMETER("an unknown value of a query parameter is 400"),
    STATUS_400_OFFSET("an offset never delivered is 400, and nothing moves"),
    STATUS_401_UNKNOWN_CLIENT("an unknown client is 401, and the problem type tells unauthenticated"),
    STATUS_401_NOT_A_PRODUCER("who is no producer may not produce: 401, and the problem type tells forbidden"),
    STATUS_401_NOT_A_CONSUMER("who is no consumer may not consume: 401"),
    STATUS_401_TYPE("a type that the producer may not use is 401"),
    STATUS_401_SOURCE("a source that the producer may not use is 401"),
    STATUS_404_PATH("an unknown path is 404"),
    STATUS_404_INSTANCE("a long-poll instance that was deleted or never was is 404"),
    STATUS_406("an Accept that excludes what there is gets 406"),
    STATUS_409_GROUP("a group that exists with other settings is 409"),
    STATUS_413_REQUEST("a request body over the limit is 413"),
    STATUS_413_EVENT("one event over the limit is 413"),
    STATUS_422_SCHEMA("data that is invalid against its type's schema is 422"),
    STATUS_429_QUOTA("an exceeded rate is 429 with Retry-After"),
    STATUS_429_BYTES("an exceeded rate of bytes is 429 with Retry-After, and counted for the client"),
    STATUS_503_DRAINING("a server that drains answers 503 with Retry-After, and nothing of the request is stored"),

    // Producing
    PRODUCE_RAW_JSON("POST /ce/produce/raw takes one event in binary mode with application/json"),
    PRODUCE_RAW_BINARY("POST /ce/produce/raw takes application/octet-stream"),
    PRODUCE_RAW_TEXT("POST /ce/produce/raw takes text/plain"),
    PRODUCE_EVENT("POST /ce/produce/event takes one structured event"),
    PRODUCE_EVENTS("POST /ce/produce/events takes a JSON array of events"),
    PRODUCE_TIME_SET("the broker sets time where it is absent"),
    PRODUCE_EXTENSIONS_KEPT("any extension attribute is kept and delivered"),
    PRODUCE_HEADERS_DECODED("ce-* header values are percent-decoded"),
    PRODUCE_ALL_OR_NOTHING("every event is valid and all are stored, or none is"),
    PRODUCE_ACROSS_TYPES("a batch is stored whole across event types and streams"),
    PRODUCE_DURABLE("the answer comes only after the whole request is durable: acknowledged events survive a kill"),
    PRODUCE_RECEIPT("the answer is 200 with a receipt of accepted and duplicates"),
    PRODUCE_DUPLICATE("an event accepted before is acknowledged, counted as duplicate and stored once"),
    PRODUCE_RETRY_SAFE("the retry of a whole batch is safe, also when it runs concurrently"),
    PRODUCE_EMPTY_BATCH("an empty batch is accepted with accepted 0"),
    PRODUCE_ORDER_SIZE_FIRST("size (413) is checked before the content type (415)"),
    PRODUCE_ORDER_CONTENT_TYPE_BEFORE_PARSE("the content type (415) is checked before parsing (400)"),
    PRODUCE_ORDER_PARSE_BEFORE_CALLER("parsing (400) is checked before the caller (401)"),
    PRODUCE_ORDER_CALLER_BEFORE_ATTRIBUTES("the caller (401) is checked before the attributes (400)"),
    PRODUCE_ORDER_ATTRIBUTES_BEFORE_GRANTS(
            "the attributes of every event (400) are checked before types and sources (401)"),
    PRODUCE_ORDER_GRANTS_BEFORE_SCHEMA("types and sources (401) are checked before schemas (422)"),
    PRODUCE_OFFSET_DROPPED("an extension attribute named offset sent by a producer is dropped"),
    PRODUCE_SCHEMA_JSON_ONLY("a type with a schema accepts JSON data only"),
    PRODUCE_GZIP("a request body may be gzip"),
    PRODUCE_ZSTD("a request body may be zstd"),
    PRODUCE_INFLATED_LIMIT("the limit counts what comes out of the decompression"),

    // Consuming: what both ways share
    CONSUME_DEFAULT_GROUP("group defaults to ~default"),
    CONSUME_EVENTS_FALSE("events=false delivers no standard events"),
    CONSUME_GROUPS_INDEPENDENT("each group has its own cursor and sees every event"),
    OFFSETS_FROM_ONE("the first event delivered to an instance has offset \"1\", then 2, 3, …, a string"),
    CONFIRM_CUMULATIVE("confirming N confirms every event delivered to the instance up to and including N"),
    CONFIRM_AGAIN("confirming again what is confirmed does nothing"),
    REDELIVERY_ON_END("what was not confirmed goes back to the group when the instance ends, and is delivered again"),
    REDELIVERY_BEFORE_NEWER("what went back is delivered before newer events of the same key"),
    PARALLEL_SHARE("each event goes to one of the instances of its group"),
    ORDER_PER_KEY("events of one key reach a group in the order of acceptance, across event types of the stream"),
    ORDER_ONE_OWNER("while an instance holds an unconfirmed event of a key, later ones go to it or wait"),
    ORDER_SINGLE_INSTANCE("a single instance sees events without a key in order of acceptance"),
    NEW_GROUP_OLDEST("a new group starts at the oldest retained event"),
    GRANT_NO_HISTORY("a grant added later does not reveal what was accepted before it"),
    GRANT_HISTORY("a grant with history reveals what was accepted before it"),
    LANES_BROADCAST("a lane's event is offered to every open instance that asks for the lane, and to later ones"),
    LANES_FIRST_SETTLEMENT("the first settlement of a lane's event wins"),
    LANES_DISREGARD_GROUP("lanes are the client's own and disregard the group"),
    LANES_TEST_DEFAULT("test events are delivered unless test=false"),
    LANES_DEAD_ON_REQUEST("dead events are delivered only with dead=true"),
    FLOW_WINDOW("an instance that has not confirmed its last N deliveries is sent nothing more until it confirms"),
    CONFIRM_BEYOND("a confirmation beyond the last offset delivered is refused, and nothing moves"),
    HOLES_SURVIVE_RESTART("confirmed holes above the lowest unconfirmed event survive a restart"),
    POISON_MAX_DELIVERIES("after maxDeliveries deliveries that ended unconfirmed the event is dead"),

    // Consuming over WebSocket
    WS_SUBPROTOCOL("GET /ce/consume/ws speaks the sub-protocol cloudevents.json"),
    WS_OTHER_SUBPROTOCOL("a client that asks for other sub-protocols only is refused with 400"),
    WS_NO_SUBPROTOCOL("a client that asks for no sub-protocol is accepted"),
    WS_TEXT_MESSAGE("each event is one text message in CloudEvents JSON with offset"),
    WS_BINARY_AS_BASE64("binary payloads come as data_base64"),
    WS_DEAD("dead:<event> reports the event dead as it says, unvalidated, beside the original"),
    WS_DEAD_CONFIRMS_ITSELF("a dead event counts as confirmed by itself, not those before it"),
    WS_CLOSE_1008("anything else closes with 1008"),
    WS_CLOSE_1003("a binary message closes with 1003"),
    WS_CLOSE_1007("text that is not UTF-8 closes with 1007"),
    WS_CLOSE_1009("a message over 1 MiB closes with 1009"),
    WS_PING("the server pings, and ends an instance that does not answer"),
    WS_SHUTDOWN_1001("on shutdown it closes with 1001 after pending confirmations are stored"),

    // Consuming by long polling
    POLL_CREATE("POST /ce/consumers creates an instance: 201 and an absolute Location"),
    POLL_LOCATION(
            "the address has the form {base}/{node}/ce/consumers/{group}/instances/{instance}, never built from Host"),
    POLL_RAW("GET {instance}/raw answers the next event in binary mode"),
    POLL_EVENT("GET {instance}/event answers the next event, structured"),
    POLL_EVENTS("GET {instance}/events answers the next batch"),
    POLL_204("a poll that finds nothing within its timeout is 204"),
    POLL_CONFIRM("POST {instance}/confirm confirms all read so far: 204"),
    POLL_CONFIRM_OFFSET("POST {instance}/confirm?offset=N confirms up to N: 204"),
    POLL_DEAD_BINARY("POST {instance}/dead in binary mode with ce-offset reports dead: 202"),
    POLL_DEAD_STRUCTURED("POST {instance}/dead takes a structured event too"),
    POLL_DEAD_BY_ID("without ce-offset it is the oldest unconfirmed event with that source and id"),
    POLL_DEAD_UNMATCHED("with no such event it is stored all the same, marked unmatched"),
    POLL_DELETE("DELETE {instance} ends the instance: 204"),
    POLL_CONFIRM_PARAMETER("?confirm=true on a GET first confirms all that was read before"),
    POLL_NEWER_WINS("of two polls at once the newer wins and the older gets 204"),
    POLL_MAX("?max= bounds a batch; out of range is 400"),
    POLL_TIMEOUT_RANGE("?timeout= over 60 is 400"),
    POLL_EXPIRES("an instance that is not called expires"),
    POLL_OWN_ONLY("for any other client the instance does not exist: 404"),

    // Tools
    TOOLS_MY_SETTINGS("GET /ce/tools/my-settings answers what the catalog says of the caller"),
    TOOLS_TEST_EVENT("POST /ce/tools/consumer/test produces a test event for the caller's own instances"),
    TOOLS_TEST_CHECKED("a test event is checked exactly as a produced one"),

    // Beyond
    BEYOND_POST_CE("POST /ce accepts all three content modes, told apart by Content-Type"),
    BEYOND_ANY_SDK("any CloudEvents SDK can produce with nothing but a URL"),
    BEYOND_INFLIGHT("inflight sets the flow-control window"),
    BEYOND_TYPES("types reads a subset of what is granted, where the group is new; other types later are 409"),
    BEYOND_FILTER("filter reads what it matches, where the group is new; another one later is 409"),
    BEYOND_FILTER_DIALECTS(
            "filters speak exact, prefix, suffix, all, any, not, sql and cel; others are 400, with the place"),
    BEYOND_FILTER_CONFIRMED("what a filter keeps out counts as confirmed, also after a restart"),
    BEYOND_FILTER_FAILS("what a filter fails on is kept out, counted and shown"),
    BEYOND_FROM("from starts a new group at earliest, latest or a time, and is ignored for an old one"),
    BEYOND_PROCESS(
            "what a process left unconfirmed stays reserved for it for the ack timeout, and is delivered to it first"),
    BEYOND_ACK_TIMEOUT(
            "an event unconfirmed for longer than ackTimeout is taken back and delivered to another instance"),
    RELEASE("release gives one event back: it alone is delivered again, at once or after a delay of up to 7 days"),
    RELEASE_ORDER("what follows a released event of its key waits for it; what has another key, or none, does not"),
    RELEASE_COUNTS("a release counts as a delivery that ended unconfirmed, and backOff doubles its delay each time"),
    RELEASE_RESTART("a released event waits across a restart, until the time it was released for"),
    QUEUE_ONE_GROUP("a queue is for one group of one client: others don't read it, and are 409 where they ask for it"),
    QUEUE_COMPETING("each event of a queue goes to one of the instances that compete; to one instance in order"),
    QUEUE_REMOVED("what is confirmed of a queue is removed, and nothing else of it, however old it is"),
    QUEUE_SHOWN("my-settings says of a type that it is a queue, and for which group"),
    RELEASE_OFFSET("releasing an offset never delivered is 400, or close 1008; what is settled stays so"),
    STREAMS_LISTED("GET /ce/streams tells the streams that the caller may read, and what they hold"),
    STREAM_BATCH("GET /ce/streams/{stream}/events answers with a batch and where to go on, in the form accepted"),
    STREAM_START("after, since and from say where a reader begins; one of them at most"),
    STREAM_POSITIONS("positions are ordered, stable over restarts, and of one stream: others are 400"),
    STREAM_GONE("a position that retention has passed is 410, with the earliest one"),
    STREAM_FILTER("types and filter say what a reader of a stream is told"),
    STREAM_WAIT("wait makes a reader at the end of a stream wait for the next event"),
    STREAM_MOVES_NOTHING("reading a stream moves no group and removes nothing"),
    STREAM_GRANTS("a stream reveals events of granted types only, and of none what was accepted before its grant"),
    STREAM_LINES("with application/x-ndjson a reader gets a line for each event, and follows until it leaves"),
    STREAM_MESSAGES("with text/event-stream a reader gets server-sent events with their positions, and heartbeats"),
    STREAM_RESUMES("Last-Event-ID resumes, whatever else the request says"),
    STREAM_ENDS(
            "a reader that follows ends where it asked to, at once when revoked, and in order when the broker does"),
    STREAM_QUOTA("a client has a bounded number of readers: one more is 429"),
    STREAM_SLOW("a slow reader holds up nobody, and is not read ahead for"),
    SUBSCRIPTION_CREATE(
            "POST /ce/subscriptions creates a subscription: 201, its Location, and its signing secret this once"),
    SUBSCRIPTION_READ("GET tells a subscription with its version as ETag, or all of the caller, a page at a time"),
    SUBSCRIPTION_START("a subscription starts at now unless config.from says earliest, latest or a time"),
    SUBSCRIPTION_REPLACE("PUT puts another subscription in its place, which keeps what nobody is shown"),
    SUBSCRIPTION_VERSION("with If-Match another version is not changed: 412"),
    SUBSCRIPTION_PAUSE("a paused subscription is not delivered, and goes on where it was"),
    SUBSCRIPTION_DELETE("a deleted subscription is gone at once, with its group: 200"),
    SUBSCRIPTION_OWN_ONLY("for any other client the subscription does not exist: 404"),
    SUBSCRIPTION_TYPES("types of a subscription are granted ones: others are 401; what is revoked is not delivered"),
    SUBSCRIPTION_SINK("a sink is an absolute https address, without user and fragment: others are 400"),
    SUBSCRIPTION_SECRETS(
            "secrets of a subscription are told to nobody, but for a new signing secret to who asked for it"),
    SUBSCRIPTION_ROTATE(
            "POST {subscription}/rotate-secret makes a new signing secret, used beside the old one for a while"),
    SUBSCRIPTION_QUOTA("a client has a bounded number of subscriptions: one more is 429"),
    SUBSCRIPTION_STATUS("GET {subscription}/status tells its backlog and how its deliveries go"),
    GROUPS_LISTED("GET /ce/groups tells the caller's groups and how far they are behind"),
    GROUP_DELETE("DELETE /ce/groups/{group} forgets a group that has no instances: 204, and 409 while it has"),
    BEYOND_PAYLOADS(
            "PUT /ce/payloads stores a payload, events refer to it by dataref, and who may consume them fetches it"),
    BEYOND_PAYLOAD_RANGES("a payload is fetched by ranges, which If-Range ties to its digest"),
    BEYOND_PAYLOAD_UPLOADS("an upload of a payload goes on from where it is after a cut, a restart or a kill"),
    BEYOND_PAYLOAD_DIGESTS("a payload that is not what its digest says is refused"),
    BEYOND_PAYLOAD_REFERENCES("an event that refers to no payload of its producer and type is refused with 422"),
    BEYOND_PAYLOAD_RIGHTS("who may not consume the type of a payload, or did not store it, does not get it"),
    BEYOND_ERRORS_OF("errorsOf gives a new group the dead events of other groups of its client, with the reason"),
    BEYOND_REPAIR(
            "programs list, repair and discard the dead events of their own client, in a bounded number of rounds"),
    BEYOND_DELIVERY_RATE("a type is delivered to all groups together no faster than its delivery-rate"),
    BEYOND_DELIVERY_CONCURRENCY(
            "of a type no more deliveries are unconfirmed, in all groups together, than its delivery-concurrency;"
                    + " other types come meanwhile"),
    BEYOND_DELIVERY_CHANGES("changed limits of a type take effect at once"),
    BEYOND_DELIVERY_TOLD("my-settings and /metrics tell what types are throttled, and by how much"),
    BEYOND_MAX_RATE("an instance gets no more events in a second than its maxRate"),
    BEYOND_HEALTH("GET /health/live and /health/ready answer"),
    BEYOND_METRICS("GET /metrics answers in the Prometheus format"),
    BEYOND_OPENAPI("GET /openapi.yaml answers");

    private final String text;

    Statement(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
