package dev.tidings.server.http;

import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Which media types an operation takes.
public final class ContentTypes {
    public static final String EVENT = "application/cloudevents+json";
    public static final String BATCH = "application/cloudevents-batch+json";
    private static final String CLOUD_EVENTS = "application/cloudevents";
    private static final String RAW = "application/json, application/octet-stream, text/plain";

    private ContentTypes() {}

    /// How a body holds events.
    public enum Mode {
        BINARY,
        STRUCTURED,
        BATCH
    }

    /// The operation's `Accept-Post`.
    static String accepted(Operation operation) {
        return switch (operation) {
            case PRODUCE_RAW -> RAW;
            case PRODUCE_EVENT, RESUBMIT_DEAD, RESUBMIT_OWN_DEAD -> EVENT;
            case PRODUCE_EVENTS -> BATCH;
            case PRODUCE_ANY -> EVENT + ", " + BATCH + ", */*";
            case REPORT_DEAD, PRODUCE_TEST_EVENT -> EVENT + ", */*";
            case CONSUME_WEBSOCKET,
                    OPEN_INSTANCE,
                    POLL_RAW,
                    POLL_EVENT,
                    POLL_EVENTS,
                    CONFIRM,
                    RELEASE,
                    CLOSE_INSTANCE,
                    LIST_STREAMS,
                    READ_STREAM,
                    STORE_PAYLOAD,
                    BEGIN_UPLOAD,
                    FETCH_PAYLOAD,
                    SHOW_UPLOAD,
                    CONTINUE_UPLOAD,
                    CANCEL_UPLOAD,
                    MY_SETTINGS,
                    LIST_SUBSCRIPTIONS,
                    CREATE_SUBSCRIPTION,
                    SHOW_SUBSCRIPTION,
                    REPLACE_SUBSCRIPTION,
                    DELETE_SUBSCRIPTION,
                    SUBSCRIPTION_STATUS,
                    PAUSE_SUBSCRIPTION,
                    RESUME_SUBSCRIPTION,
                    ROTATE_SECRET,
                    LIST_GROUPS,
                    DELETE_GROUP,
                    READ_CATALOG,
                    APPLY_CATALOG,
                    CATALOG_HISTORY,
                    BEGIN_BACKUP,
                    LIST_BACKUPS,
                    SHOW_BACKUP,
                    LIST_DEAD,
                    RESUBMIT_MANY_DEAD,
                    DISCARD_MANY_DEAD,
                    SHOW_DEAD,
                    DISCARD_DEAD,
                    LIST_OWN_DEAD,
                    SHOW_OWN_DEAD,
                    DISCARD_OWN_DEAD,
                    LIVE,
                    READY,
                    METRICS,
                    OPENAPI -> "*/*";
        };
    }

    /// The mode that the content type tells, or null where the operation does not take it. Without a content type
    /// it is the binary mode.
    public static @Nullable Mode mode(Operation operation, @Nullable String contentType) {
        String essence = contentType == null ? "" : essence(contentType);
        Mode mode = switch (essence) {
            case EVENT -> Mode.STRUCTURED;
            case BATCH -> Mode.BATCH;
            default -> essence.startsWith(CLOUD_EVENTS) ? null : Mode.BINARY;
        };
        return mode != null && takes(operation, mode, essence) ? mode : null;
    }

    public static Refusal refusal(Operation operation, @Nullable String contentType) {
        return Refusal.of(
                ErrorCode.UNSUPPORTED_CONTENT_TYPE,
                "expected a Content-Type of " + accepted(operation) + "; found "
                        + (contentType == null ? "none" : "'" + contentType + "'"));
    }

    private static boolean takes(Operation operation, Mode mode, String essence) {
        return switch (operation) {
            case PRODUCE_RAW -> mode == Mode.BINARY && (essence.isEmpty() || raw(essence));
            case PRODUCE_EVENT -> mode == Mode.STRUCTURED;
            case RESUBMIT_DEAD, RESUBMIT_OWN_DEAD -> mode == Mode.STRUCTURED || essence.isEmpty();
            case PRODUCE_EVENTS -> mode == Mode.BATCH;
            case REPORT_DEAD, PRODUCE_TEST_EVENT -> mode != Mode.BATCH;
            case PRODUCE_ANY,
                    CONSUME_WEBSOCKET,
                    OPEN_INSTANCE,
                    POLL_RAW,
                    POLL_EVENT,
                    POLL_EVENTS,
                    CONFIRM,
                    RELEASE,
                    CLOSE_INSTANCE,
                    LIST_STREAMS,
                    READ_STREAM,
                    STORE_PAYLOAD,
                    BEGIN_UPLOAD,
                    FETCH_PAYLOAD,
                    SHOW_UPLOAD,
                    CONTINUE_UPLOAD,
                    CANCEL_UPLOAD,
                    MY_SETTINGS,
                    LIST_SUBSCRIPTIONS,
                    CREATE_SUBSCRIPTION,
                    SHOW_SUBSCRIPTION,
                    REPLACE_SUBSCRIPTION,
                    DELETE_SUBSCRIPTION,
                    SUBSCRIPTION_STATUS,
                    PAUSE_SUBSCRIPTION,
                    RESUME_SUBSCRIPTION,
                    ROTATE_SECRET,
                    LIST_GROUPS,
                    DELETE_GROUP,
                    READ_CATALOG,
                    APPLY_CATALOG,
                    CATALOG_HISTORY,
                    BEGIN_BACKUP,
                    LIST_BACKUPS,
                    SHOW_BACKUP,
                    LIST_DEAD,
                    RESUBMIT_MANY_DEAD,
                    DISCARD_MANY_DEAD,
                    SHOW_DEAD,
                    DISCARD_DEAD,
                    LIST_OWN_DEAD,
                    SHOW_OWN_DEAD,
                    DISCARD_OWN_DEAD,
                    LIVE,
                    READY,
                    METRICS,
                    OPENAPI -> true;
        };
    }

    private static boolean raw(String essence) {
        return essence.equals("application/json")
                || essence.equals("application/octet-stream")
                || essence.equals("text/plain");
    }

    /// `type/subtype` in lower case, without parameters.
    static String essence(String contentType) {
        int semicolon = contentType.indexOf(';');
        String essence = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
        return essence.strip().toLowerCase(Locale.ROOT);
    }
}
