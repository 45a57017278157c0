package dev.tidings.server.http;

import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Which media types an operation takes.
public final class ContentTypes {
    public static final String EVENT = "application/cloudevents+json";
    public static final String BATCH = "application/cloudevents-batch+json";
    private static final String CLOUD_EVENTS = "application/cloudevents";
    static final List<String> RAW_TYPES = List.of("application/json", "application/octet-stream", "text/plain");
    static final String RAW = String.join(", ", RAW_TYPES);

    private ContentTypes() {}

    /// How a body holds events.
    public enum Mode {
        BINARY,
        STRUCTURED,
        BATCH
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
        return mode != null && operation.input().takes(mode, essence) ? mode : null;
    }

    public static Refusal refusal(Operation operation, @Nullable String contentType) {
        return Refusal.of(
                ErrorCode.UNSUPPORTED_CONTENT_TYPE,
                "expected a Content-Type of " + operation.input().accepted() + "; found "
                        + (contentType == null ? "none" : "'" + contentType + "'"));
    }

    /// `type/subtype` in lower case, without parameters.
    static String essence(String contentType) {
        int semicolon = contentType.indexOf(';');
        String essence = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
        return essence.strip().toLowerCase(Locale.ROOT);
    }
}
