package dev.tidings.server.http;

import dev.tidings.server.http.ContentTypes.Mode;

/// What the body of a request may be, by the operation that it asks for.
public enum Input {
    /// A body is passed over.
    NOTHING("*/*"),
    /// One event in binary mode.
    RAW_EVENT(ContentTypes.RAW) {
        @Override
        boolean takes(Mode mode, String essence) {
            return mode == Mode.BINARY && (essence.isEmpty() || ContentTypes.RAW_TYPES.contains(essence));
        }
    },
    /// One event in structured mode.
    EVENT(ContentTypes.EVENT) {
        @Override
        boolean takes(Mode mode, String essence) {
            return mode == Mode.STRUCTURED;
        }
    },
    /// One event in structured mode, or nothing.
    EVENT_OR_NOTHING(ContentTypes.EVENT) {
        @Override
        boolean takes(Mode mode, String essence) {
            return mode == Mode.STRUCTURED || essence.isEmpty();
        }
    },
    /// One event in structured or in binary mode.
    ONE_EVENT(ContentTypes.EVENT + ", */*") {
        @Override
        boolean takes(Mode mode, String essence) {
            return mode != Mode.BATCH;
        }
    },
    /// Events in batch mode.
    BATCH(ContentTypes.BATCH) {
        @Override
        boolean takes(Mode mode, String essence) {
            return mode == Mode.BATCH;
        }
    },
    /// Events in any mode.
    EVENTS(ContentTypes.EVENT + ", " + ContentTypes.BATCH + ", */*"),
    /// A JSON object: at most [HttpConfig.Limits#request], as events are.
    OBJECT("*/*"),
    /// A document for the administration: at most [HttpConfig.Limits#document].
    DOCUMENT("*/*"),
    /// As much as the route takes: it reads the body itself, with [Exchange#receive].
    STREAM("*/*");

    private final String accepted;

    Input(String accepted) {
        this.accepted = accepted;
    }

    /// As `Accept-Post` tells it.
    String accepted() {
        return accepted;
    }

    /// Whether it is about events, so that the content type has to tell a mode.
    boolean isEvents() {
        return switch (this) {
            case RAW_EVENT, EVENT, EVENT_OR_NOTHING, ONE_EVENT, BATCH, EVENTS -> true;
            case NOTHING, OBJECT, DOCUMENT, STREAM -> false;
        };
    }

    /// Whether a body of that mode is taken.
    ///
    /// @param essence of its content type; empty: it has none
    boolean takes(Mode mode, String essence) {
        return true;
    }
}
