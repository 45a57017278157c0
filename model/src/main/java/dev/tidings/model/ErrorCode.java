package dev.tidings.model;

import java.util.Locale;

/// Every error the broker can answer with. Each has a page in `docs/errors`, named by its [#slug], which is also
/// the last segment of the problem's `type`.
public enum ErrorCode {
    MALFORMED_REQUEST(400, "The request is malformed"),
    MALFORMED_EVENT(400, "An event is malformed"),
    INVALID_PARAMETER(400, "A query parameter has an invalid value"),
    OFFSET_NOT_DELIVERED(400, "The offset was never delivered"),
    DIGEST_MISMATCH(400, "The content is not what its digest says"),
    UNSUPPORTED_SUBPROTOCOL(400, "No supported WebSocket sub-protocol"),
    UNAUTHENTICATED(401, "The caller is unknown"),
    NOT_ALLOWED(401, "The caller may not do this"),
    NOT_FOUND(404, "There is nothing here"),
    INSTANCE_NOT_FOUND(404, "The consumer instance does not exist"),
    METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
    NOT_ACCEPTABLE(406, "No acceptable representation"),
    GROUP_CONFLICT(409, "The group exists with other settings"),
    STATE_CONFLICT(409, "The thing has changed meanwhile"),
    REPAIRS_EXHAUSTED(409, "Programs have repaired the dead event too often"),
    POSITION_GONE(410, "The position has passed out of retention"),
    VERSION_CONFLICT(412, "The thing has another version"),
    REQUEST_TOO_LARGE(413, "The request is too large"),
    EVENT_TOO_LARGE(413, "An event is too large"),
    UNSUPPORTED_CONTENT_TYPE(415, "The content type is not supported here"),
    UNSUPPORTED_CONTENT_ENCODING(415, "The content encoding is not supported"),
    RANGE_NOT_SATISFIABLE(416, "The range is not in the payload"),
    INVALID_CATALOG(422, "The catalog is invalid"),
    SCHEMA_VIOLATED(422, "An event's data violates its schema"),
    UNKNOWN_PAYLOAD(422, "An event refers to a payload that is not there"),
    OVER_QUOTA(429, "A quota is exceeded"),
    BUG(500, "The broker failed"),
    NOT_READY(503, "The broker is not ready"),
    STORE_UNAVAILABLE(503, "The store cannot take writes");

    private final int status;
    private final String title;

    ErrorCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /// The HTTP status.
    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /// `MALFORMED_EVENT` is `malformed-event`.
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
